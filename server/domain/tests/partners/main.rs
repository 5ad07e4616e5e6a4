//! Organisations from the first draft to the public, and who belongs to them.
#![allow(clippy::unwrap_used)]
mod cards;
mod changes;
mod drafts;
mod following;
mod invitations;
mod members;
mod notices;
mod publicity;
mod world;
