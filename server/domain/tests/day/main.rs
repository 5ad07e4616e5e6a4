//! The partner's day: its orders, the counter, what is done for a customer.
mod listing;
mod many;
mod moving;
mod scaling;
mod selling;
mod serving;
mod telling;
mod undoing;
mod views;
mod world;
