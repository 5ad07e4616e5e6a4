//! A partner's listings from the first word to the last departure, over a real database with the clock in our hands.
#![allow(clippy::unwrap_used)]
mod access;
mod departures;
mod drafting;
mod review;
mod ticket_types;
mod world;
