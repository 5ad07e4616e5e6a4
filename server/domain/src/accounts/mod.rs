//! People, their sign-in, and what each may do in which organisation.
mod actor;
mod api_tokens;
mod create;
mod password;
mod prove;
mod queries;
mod queries_sign_in;
mod sign_in;

pub use actor::{Actor, Forbidden, actor};
pub use api_tokens::{actor_by_token, create_token};
pub use create::{NewAccount, create_account};
pub use prove::{Proven, prove};
pub use queries::{any_organisation, organisation_by_slug};
pub use sign_in::{NewSession, SESSION_DAYS, SignInError, sign_in, sign_out, sweep};
