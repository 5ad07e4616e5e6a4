//! Cards that the provider keeps for us: what it posts to `pg_post_link` (a form of one field, `pg_xml`, signed inside), and its
//! lists of them.
use super::{
    sign::{Params, Value, script},
    xml,
};
use sapar_domain::{
    partners::{CardToken, StoredCard},
    payments::provider::{CallbackError, CardCallback},
};
use sapar_shared::requisites::CardFace;

/// Cards in it can be paid out to and nothing else; what was entered by `cardstorage/add` could be charged as well.
pub(super) const PAYOUT_STORAGE: &str = "cardstoragepayout";
/// Lists and removes the cards of either.
pub(super) const STORAGE: &str = "cardstorage";

/// Nothing of what came to `path` is looked at before its signature held.
pub(super) fn read(path: &str, fields: &[(String, String)], secret: &str) -> Result<CardCallback, CallbackError> {
    let sent = fields.iter().find(|(name, _)| name == "pg_xml").map(|(_, text)| xml::read(text.as_bytes()));
    let params = sent.ok_or(CallbackError::Signature)?.map_err(|_| CallbackError::Malformed("XML"))?;
    if !params.verify(script(path), secret) {
        return Err(CallbackError::Signature);
    }
    let customer = params.get("pg_user_id").ok_or(CallbackError::Malformed("pg_user_id"))?.to_owned();
    let card = match params.get("pg_status") {
        Some("success" | "ok") => Some(stored(&params)?),
        Some(_) => None,
        None => return Err(CallbackError::Malformed("pg_status")),
    };
    Ok(CardCallback { customer, card })
}

fn stored(params: &Params) -> Result<StoredCard, CallbackError> {
    let token = params.get("pg_card_token").and_then(CardToken::parse).ok_or(CallbackError::Malformed("pg_card_token"))?;
    let number = params.get("pg_card_hash").ok_or(CallbackError::Malformed("pg_card_hash"))?;
    let face = CardFace::of_masked(number, params.get("pg_card_month"), params.get("pg_card_year"));
    Ok(StoredCard { token, face: face.ok_or(CallbackError::Malformed("pg_card_hash"))? })
}

/// Whether a list of cards has this one.
pub(super) fn is_among(list: &Params, token: &CardToken) -> bool {
    list.iter().any(|(name, value)| {
        name == "card" && matches!(value, Value::Nested(card) if card.get("pg_card_token") == Some(token.expose()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sapar_shared::requisites::CardBrand;

    const PATH: &str = "/webhooks/freedompay/cards/A1B2";

    /// As it was seen on the wire, but for the names and numbers.
    fn approved() -> Params {
        Params::new()
            .with("pg_payment_id", "490497051")
            .with("pg_card_hash", "4263-43XX-XXXX-9479")
            .with("pg_card_hhash", "3efd4bd7573e44747c946768db4349e4")
            .with("pg_card_month", "02")
            .with("pg_card_year", "28")
            .with("pg_bank", "АО \"Банк\"")
            .with("pg_country", "KZ")
            .with("pg_card_3ds", "1")
            .with("pg_status", "success")
            .with("pg_card_id", "34249163")
            .with("pg_card_token", "5f0c7f2e-token")
            .with("pg_user_id", "0193d5a0")
            .with("pg_type", "approve")
            .with("pg_salt", "FuMiBicv")
    }

    fn form(params: &Params) -> Vec<(String, String)> {
        vec![("pg_xml".to_owned(), xml::write(params))]
    }

    fn got(params: Params) -> Result<CardCallback, CallbackError> {
        read(PATH, &form(&params.signed("A1B2", "secret")), "secret")
    }

    #[test]
    fn a_signed_card_is_read() {
        let callback = got(approved()).expect("a callback");
        let card = callback.card.expect("a card");
        assert_eq!((callback.customer.as_str(), card.token.expose()), ("0193d5a0", "5f0c7f2e-token"));
        assert_eq!((card.face.brand, card.face.last_four.as_str()), (CardBrand::Visa, "9479"));
        assert_eq!(card.face.expiry().as_deref(), Some("02/28"));
    }

    #[test]
    fn what_was_sent_to_another_address_or_changed_is_not_ours() {
        let right = approved().signed("A1B2", "secret");
        assert_eq!(read("/webhooks/freedompay/cards/C3D4", &form(&right), "secret"), Err(CallbackError::Signature));
        assert_eq!(read(PATH, &form(&right), "another"), Err(CallbackError::Signature));
        assert_eq!(read(PATH, &form(&approved()), "secret"), Err(CallbackError::Signature));
        assert_eq!(read(PATH, &form(&right.clone().with("pg_more", "1")), "secret"), Err(CallbackError::Signature));
        // The fields beside the XML say nothing, signed or not.
        assert_eq!(read(PATH, &right.to_form(), "secret"), Err(CallbackError::Signature));
        assert_eq!(read(PATH, &[("pg_xml".into(), "<a>".into())], "secret"), Err(CallbackError::Malformed("XML")));
    }

    #[test]
    fn a_refusal_has_no_card_and_a_success_must_have_one() {
        let with = |name: &str, text: &str| {
            let form: Vec<_> = approved().to_form().into_iter().filter(|(known, _)| known != name).collect();
            got(Params::from_form(&form).expect("shallow").with(name, text))
        };
        assert_eq!(with("pg_status", "error").map(|callback| callback.card), Ok(None));
        for name in ["pg_user_id", "pg_status", "pg_card_token", "pg_card_hash"] {
            assert_eq!(with(name, ""), Err(CallbackError::Malformed(name)));
        }
        assert_eq!(with("pg_card_hash", "4263430000009479"), Err(CallbackError::Malformed("pg_card_hash")), "a whole number");
        assert_eq!(with("pg_card_month", "").map(|c| c.card.and_then(|card| card.face.good_until)), Ok(None));
    }

    #[test]
    fn a_list_is_searched_by_the_token() {
        let card = |token: &str| Params::new().with("pg_status", "success").with("pg_card_token", token);
        let list = Params::new().with_nested("card", card("one")).with_nested("card", card("two")).with("pg_salt", "x");
        let token = |text| CardToken::parse(text).expect("a token");
        assert!(is_among(&list, &token("two")) && !is_among(&list, &token("three")));
        assert!(!is_among(&Params::new(), &token("one")));
    }
}
