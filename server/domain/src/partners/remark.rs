//! What a moderator has to say to a partner.
use super::ModerationError;
use sapar_shared::forms::draft::block;

/// Letters.
const LONGEST: usize = 1000;

/// Without it nobody would know what to do next.
pub(super) fn checked(typed: &str) -> Result<String, ModerationError> {
    let remark = block(typed).trim().to_owned();
    match remark.chars().count() {
        1..=LONGEST => Ok(remark),
        _ => Err(ModerationError::Remark),
    }
}
