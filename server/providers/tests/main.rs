//! The clients against the sandboxes, over loopback.
#![allow(clippy::unwrap_used)]
#[path = "main/callbacks.rs"]
mod callbacks;
#[path = "main/cards.rs"]
mod cards;
#[path = "main/mail.rs"]
mod mail;
#[path = "main/page.rs"]
mod page;
#[path = "main/payments.rs"]
mod payments;
#[path = "main/sms.rs"]
mod sms;
#[path = "main/world.rs"]
mod world;
