//! What the payment provider gives instead of a card's number.
use sapar_shared::{ids::PayoutCardId, requisites::CardFace};
use std::fmt;

/// Money is paid out by it, so it is shown to nobody and never written into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct CardToken(String);

impl CardToken {
    /// `None` for what no provider calls a card.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let sound = (1..=200).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        sound.then(|| Self(text.to_owned()))
    }

    /// For the provider itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CardToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(card token)")
    }
}

/// A card that the provider keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCard {
    pub token: CardToken,
    pub face: CardFace,
}

/// Under whose name the provider keeps the card: each request is a customer of its own.
#[must_use]
pub fn customer_of(id: PayoutCardId) -> String {
    id.0.simple().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_never_printed() {
        let token = CardToken::parse("3f2e-token").expect("a token");
        assert_eq!(format!("{token:?}"), "(card token)");
        assert_eq!(token.expose(), "3f2e-token");
        assert_eq!((CardToken::parse(""), CardToken::parse("a b"), CardToken::parse("ж")), (None, None, None));
    }
}
