//! Everything between a socket and a use case.
pub mod client_ip;
pub mod csp;
pub mod csrf;
mod gzip;
pub mod language;
mod lost;
pub mod opening;
pub mod page_cache;
mod plain;
pub mod rate_limit;
pub mod router;
pub mod routes;
pub mod session;
