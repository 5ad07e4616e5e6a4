//! The sentences for what goes wrong with organisations and their members, and the names of roles.
use crate::error::AppError;
use sapar_shared::{
    Lang,
    dto::organisation::{InvitationEnd, Refusal},
    forms::FieldError,
    roles::Role,
    tr::organisation as tr,
    tr::partner,
};

/// In words that say what to do.
#[must_use]
pub fn field(lang: Lang, name: &str, error: FieldError) -> &'static str {
    match (name, error) {
        ("name", FieldError::Missing) => tr::err_name_missing(lang),
        ("name", _) => tr::err_name(lang),
        ("contact_person", FieldError::Missing) => tr::err_person_missing(lang),
        ("contact_person", _) => tr::err_person(lang),
        ("bin", FieldError::Missing) => tr::err_bin_missing(lang),
        ("bin", _) => tr::err_bin(lang),
        ("iban", FieldError::Missing) => tr::err_iban_missing(lang),
        ("iban", _) => tr::err_iban(lang),
        ("phone", FieldError::Missing) => tr::err_phone_missing(lang),
        ("phone", _) => tr::err_phone(lang),
        ("email", FieldError::Missing) => tr::err_email_missing(lang),
        ("email", _) => tr::err_email(lang),
        ("city", _) => tr::err_city(lang),
        ("address", FieldError::TooLong) => tr::err_address_long(lang),
        ("address", _) => tr::err_address(lang),
        ("password", _) => tr::err_password(lang),
        ("role", _) => tr::err_role(lang),
        ("account", _) => tr::err_heir(lang),
        ("reason", _) => tr::err_reason_long(lang),
        (_, FieldError::TooLong) => tr::err_about_long(lang),
        _ => tr::err_about(lang),
    }
}

/// What happened, what is safe, what next.
#[must_use]
pub fn error(lang: Lang, error: &AppError) -> String {
    match error {
        AppError::Refused(why) => refusal(lang, *why),
        AppError::Fields(_) => tr::err_fields(lang).to_owned(),
        AppError::WrongSignIn => tr::err_wrong_password(lang).to_owned(),
        AppError::TooMany { seconds } => tr::err_wait(lang, i64::from(seconds.div_ceil(60))),
        AppError::Forbidden => partner::forbidden_text(lang).to_owned(),
        AppError::NotFound => tr::err_gone(lang).to_owned(),
        AppError::SignInFirst => partner::sign_in_again_text(lang).to_owned(),
        _ => partner::offline_text(lang).to_owned(),
    }
}

/// Why an invitation no longer works, and what helps.
#[must_use]
pub fn invitation_end(lang: Lang, end: InvitationEnd) -> &'static str {
    match end {
        InvitationEnd::Revoked => tr::invitation_revoked(lang),
        InvitationEnd::Used => tr::invitation_used(lang),
        InvitationEnd::Expired => tr::invitation_expired(lang),
    }
}

fn refusal(lang: Lang, why: Refusal) -> String {
    let text = match why {
        Refusal::BinTaken => tr::bin_taken(lang),
        Refusal::BinFree => tr::bin_free(lang),
        Refusal::Locked => tr::locked(lang),
        Refusal::NothingNew => tr::nothing_new(lang),
        Refusal::Incomplete => tr::incomplete(lang),
        Refusal::OtherDraft => tr::other_draft(lang),
        Refusal::AlreadyMember => tr::already_member(lang),
        Refusal::AlreadyInvited => tr::already_invited(lang),
        Refusal::TooManyInvitations => tr::too_many_invitations(lang),
        Refusal::JustSent { seconds } => return tr::just_sent(lang, i64::from(seconds.div_ceil(60))),
        Refusal::InvitationEnded(end) => invitation_end(lang, end),
        Refusal::OtherAddress => tr::other_address(lang),
        Refusal::AddressTaken => tr::address_taken(lang),
        Refusal::OwnerStays => tr::owner_stays(lang),
        Refusal::BankAway => sapar_shared::tr::payout::bank_away(lang),
    };
    text.to_owned()
}

#[must_use]
pub fn role(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Owner => partner::role_owner(lang),
        Role::Manager => partner::role_manager(lang),
        Role::Accountant => partner::role_accountant(lang),
        Role::Seller => partner::role_seller(lang),
        Role::Gate => partner::role_gate(lang),
    }
}

/// What a role is for, in a line.
#[must_use]
pub fn role_help(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Owner => tr::role_owner_help(lang),
        Role::Manager => tr::role_manager_help(lang),
        Role::Accountant => tr::role_accountant_help(lang),
        Role::Seller => tr::role_seller_help(lang),
        Role::Gate => tr::role_gate_help(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::field;
    use sapar_shared::{Lang, forms::FieldError};

    #[test]
    fn an_empty_field_asks_for_what_belongs_into_it() {
        let names = [
            "name",
            "bin",
            "contact_person",
            "phone",
            "email",
            "city",
            "address",
            "about_ru",
            "iban",
            "password",
            "role",
            "reason",
        ];
        for lang in Lang::ALL {
            let mut said: Vec<_> = names.iter().map(|name| field(lang, name, FieldError::Missing)).collect();
            said.sort_unstable();
            said.dedup();
            assert_eq!(said.len(), names.len(), "no two fields are asked for in the same words");
        }
        assert_eq!(field(Lang::Ru, "contact_person", FieldError::Missing), "Введите имя контактного лица.");
    }
}
