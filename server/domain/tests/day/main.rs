//! The partner's day: its orders, the counter, what is done for a customer.
mod listing;
mod moving;
mod scaling;
mod selling;
mod serving;
mod telling;
mod undoing;
mod world;
