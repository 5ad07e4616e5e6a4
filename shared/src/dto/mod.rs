//! Shapes of answers: what the pages show. Texts are already in the reader's language.
pub mod account;
pub mod catalog;
pub mod desk;
pub mod editor;
pub mod import;
pub mod order;
pub mod organisation;
pub mod paper;
pub mod partner;
pub mod views;
