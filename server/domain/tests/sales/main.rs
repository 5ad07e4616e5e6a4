//! The road from a cart to a seat on the bus, over a real database with the clock in our hands.
mod ending;
mod gate;
mod holding;
mod paying;
mod provider;
mod world;
