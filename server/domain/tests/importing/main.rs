//! Tours from a file, over a real database: what is wrong is told by its cell, what is right comes whole or not at all, and
//! goes again.
#![allow(clippy::unwrap_used)]
mod checking;
mod coming_in;
mod going_back;
mod world;
