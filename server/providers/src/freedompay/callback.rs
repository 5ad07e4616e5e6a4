//! FreedomPay's calls to us (`pg_result_url`) and our signed answers.
use super::{
    client::{json, payment_id},
    sign::{Params, script},
    xml,
};
use sapar_domain::payments::provider::{Callback, CallbackError, Outcome, Report, Verdict};
use sapar_shared::Money;

/// Reads what came to `path`. Nothing of it is looked at before its signature held.
pub(super) fn read(path: &str, fields: &[(String, String)], secret: &str) -> Result<Callback, CallbackError> {
    let params = Params::from_form(fields).ok_or(CallbackError::Malformed("shallow names"))?;
    if !params.verify(script(path), secret) {
        return Err(CallbackError::Signature);
    }
    let order_number = params.get("pg_order_id").ok_or(CallbackError::Malformed("pg_order_id"))?;
    let provider_payment_id = payment_id(&params).map_err(|_| CallbackError::Malformed("pg_payment_id"))?;
    let outcome = match (params.get("pg_result"), params.get("pg_captured")) {
        // Held but not captured yet: the status query will tell when it is.
        (Some("1"), Some("0")) => Outcome::Pending,
        (Some("1"), _) => Outcome::Succeeded,
        (Some("0"), _) => Outcome::Failed,
        _ => return Err(CallbackError::Malformed("pg_result")),
    };
    let amount = params.get("pg_amount").map(|text| Money::parse_decimal(text).ok_or(CallbackError::Malformed("pg_amount")));
    let amount = amount.transpose()?;
    if outcome == Outcome::Succeeded && amount.is_none() {
        return Err(CallbackError::Malformed("pg_amount"));
    }
    let report = Report {
        order_number: order_number.to_owned(),
        provider_payment_id,
        outcome,
        amount,
        currency: params.get("pg_currency").map(str::to_owned),
        failure: params.get("pg_failure_description").or(params.get("pg_failure_code")).map(str::to_owned),
    };
    Ok(Callback { report, can_reject: params.get("pg_can_reject") == Some("1"), fields: json(&params) })
}

pub(super) fn reply(path: &str, verdict: Verdict, description: &str, salt: &str, secret: &str) -> String {
    let status = match verdict {
        Verdict::Ok => "ok",
        Verdict::Rejected => "rejected",
        Verdict::Error => "error",
    };
    let params = Params::new().with("pg_status", status).with("pg_description", description).with("pg_salt", salt);
    xml::write(&params.signed(script(path), secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "/webhooks/freedompay/result";

    fn paid() -> Params {
        Params::new()
            .with("pg_order_id", "S-100")
            .with("pg_payment_id", "42")
            .with("pg_amount", "12500.00")
            .with("pg_currency", "KZT")
            .with("pg_result", "1")
            .with("pg_can_reject", "1")
            .with("pg_captured", "1")
            .with("pg_user_phone", "77011234567")
            .with("pg_user_contact_email", "a@b.kz")
            .with("pg_card_pan", "4400-43XX-XXXX-1234")
            .with("pg_card_brand", "VI")
            .with("pg_salt", "x")
    }

    fn got(params: Params) -> Result<Callback, CallbackError> {
        read(PATH, &params.signed("result", "secret").to_form(), "secret")
    }

    #[test]
    fn a_signed_success_is_read_without_what_names_a_person() {
        let callback = got(paid()).expect("a callback");
        assert_eq!(callback.report.outcome, Outcome::Succeeded);
        assert_eq!(callback.report.amount, Some(Money::from_tenge(12_500)));
        assert!(callback.can_reject);
        let kept: Vec<_> = callback.fields.as_object().expect("an object").keys().cloned().collect();
        for name in ["pg_sig", "pg_user_phone", "pg_user_contact_email", "pg_card_pan"] {
            assert!(!kept.contains(&name.to_owned()), "{name}");
        }
        assert!(kept.contains(&"pg_card_brand".to_owned()) && kept.contains(&"pg_amount".to_owned()));
    }

    #[test]
    fn a_wrong_signature_comes_before_everything() {
        let mut form = paid().signed("result", "secret").to_form();
        form.iter_mut().filter(|(name, _)| name == "pg_amount").for_each(|(_, value)| *value = "1.00".into());
        assert_eq!(read(PATH, &form, "secret"), Err(CallbackError::Signature));
        assert_eq!(read(PATH, &[], "secret"), Err(CallbackError::Signature));
        assert_eq!(read("/other", &paid().signed("result", "secret").to_form(), "secret"), Err(CallbackError::Signature));
    }

    #[test]
    fn what_lacks_something_is_malformed() {
        let without = |name: &str| {
            let form: Vec<_> = paid().to_form().into_iter().filter(|(known, _)| known != name).collect();
            got(Params::from_form(&form).expect("shallow"))
        };
        for name in ["pg_order_id", "pg_payment_id", "pg_result", "pg_amount"] {
            assert_eq!(without(name), Err(CallbackError::Malformed(name)));
        }
        assert_eq!(got(paid().with("pg_more", "1")).map(|c| c.report.outcome), Ok(Outcome::Succeeded));
    }

    #[test]
    fn our_answer_is_signed_for_the_same_script() {
        let body = reply(PATH, Verdict::Rejected, "мест нет", "salt", "secret");
        let read = xml::read(body.as_bytes()).expect("XML");
        assert!(read.verify("result", "secret"));
        assert_eq!(read.get("pg_status"), Some("rejected"));
    }
}
