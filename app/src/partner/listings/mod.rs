//! Tours as their partner edits them.
pub mod api;
