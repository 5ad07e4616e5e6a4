//! Secrets, all derived from the one that the operator keeps (HKDF-SHA256, a label each).
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sapar_shared::{
    code::ALPHABET,
    ids::{AccountId, DepartureId, InvitationId, OrderId, PayoutCardId, TicketId},
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Letters of a token: 130 bits.
const TOKEN_LEN: usize = 26;
/// Letters of a pseudonym: enough to tell people apart, few enough to be read.
const PSEUDONYM_LEN: usize = 8;

pub struct Keys {
    order_tokens: [u8; 32],
    links: [u8; 32],
    codes: [u8; 32],
    totp: [u8; 32],
    recovery: [u8; 32],
    invitations: [u8; 32],
    pseudonyms: [u8; 32],
    cards: [u8; 32],
    tickets: SigningKey,
}

impl Keys {
    /// From the operator's secret, whatever its length (32 random bytes are right).
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(Some(b"sapar"), secret);
        let key = |label: &[u8]| {
            let mut bytes = [0; 32];
            hkdf.expand(label, &mut bytes).expect("32 bytes are within HKDF's reach");
            bytes
        };
        Self {
            order_tokens: key(b"order tokens v1"),
            links: key(b"account links v1"),
            codes: key(b"sms codes v1"),
            totp: key(b"totp secrets v1"),
            recovery: key(b"recovery codes v1"),
            invitations: key(b"invitations v1"),
            pseudonyms: key(b"pseudonyms v1"),
            cards: key(b"payout cards v1"),
            tickets: SigningKey::from_bytes(&key(b"tickets v1")),
        }
    }

    /// The unguessable token of an order. It is computed, not stored: the database holds only its digest, and jobs that
    /// must print the link make it anew.
    #[must_use]
    pub fn order_token(&self, order: OrderId) -> String {
        letters(&mac(&self.order_tokens, &[order.0.as_bytes()]))
    }

    /// What stands in records instead of an erased person: the same in all of them, and nobody's name.
    #[must_use]
    pub fn pseudonym(&self, account: AccountId) -> String {
        letters(&mac(&self.pseudonyms, &[account.0.as_bytes()])).chars().take(PSEUDONYM_LEN).collect()
    }

    /// The token of an invitation's link, by the same rule.
    #[must_use]
    pub fn invitation_token(&self, invitation: InvitationId) -> String {
        letters(&mac(&self.invitations, &[invitation.0.as_bytes()]))
    }

    /// The token of the address at which the payment provider tells of a card, by the same rule.
    #[must_use]
    pub fn card_token(&self, card: PayoutCardId) -> String {
        letters(&mac(&self.cards, &[card.0.as_bytes()]))
    }

    /// The unguessable token of a link in a mail, by the id of its row.
    #[must_use]
    pub fn link_token(&self, link: Uuid) -> String {
        letters(&mac(&self.links, &[link.as_bytes()]))
    }

    /// The six digits of a message, by the id of its row.
    #[must_use]
    pub fn sms_code(&self, code: Uuid) -> String {
        let bytes = mac(&self.codes, &[code.as_bytes()]);
        let number = bytes.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        format!("{:06}", number % 1_000_000)
    }

    /// The secret that an authenticator app keeps, by the seed of its row.
    #[must_use]
    pub fn totp_secret(&self, seed: Uuid) -> [u8; 20] {
        let bytes = mac(&self.totp, &[seed.as_bytes()]);
        std::array::from_fn(|at| bytes[at])
    }

    /// What the database keeps of a recovery code: short as it is, a plain digest could be searched for.
    #[must_use]
    pub fn recovery_digest(&self, account: AccountId, code: &str) -> Vec<u8> {
        mac(&self.recovery, &[account.0.as_bytes(), code.as_bytes()]).to_vec()
    }

    /// What stands in a ticket's QR code behind `/t/`: ticket and departure with their Ed25519 signature, in base64url.
    #[must_use]
    pub fn sign_ticket(&self, ticket: TicketId, departure: DepartureId) -> String {
        let mut signed = [0; 96];
        signed[..16].copy_from_slice(ticket.0.as_bytes());
        signed[16..32].copy_from_slice(departure.0.as_bytes());
        let signature = self.tickets.sign(&signed[..32]);
        signed[32..].copy_from_slice(&signature.to_bytes());
        BASE64URL_NOPAD.encode(&signed)
    }

    /// The ticket and departure of a signed text; `None` when it is not ours.
    #[must_use]
    pub fn verify_ticket(&self, signed: &str) -> Option<(TicketId, DepartureId)> {
        let bytes: [u8; 96] = BASE64URL_NOPAD.decode(signed.as_bytes()).ok()?.try_into().ok()?;
        let signature = Signature::from_slice(&bytes[32..]).ok()?;
        self.tickets.verifying_key().verify(&bytes[..32], &signature).ok()?;
        let id = |part: &[u8]| Uuid::from_slice(part).ok();
        Some((TicketId(id(&bytes[..16])?), DepartureId(id(&bytes[16..32])?)))
    }
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn letters(bytes: &[u8]) -> String {
    bytes.iter().take(TOKEN_LEN).map(|b| char::from(ALPHABET[usize::from(b & 31)])).collect()
}

/// What the database keeps instead of a token.
#[must_use]
pub fn digest(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_signature_opens_the_gate() {
        let keys = Keys::derive(b"one");
        let (ticket, departure) = (TicketId(Uuid::from_u128(1)), DepartureId(Uuid::from_u128(2)));
        let signed = keys.sign_ticket(ticket, departure);
        assert_eq!(signed.len(), 128);
        assert_eq!(keys.verify_ticket(&signed), Some((ticket, departure)));
        assert_eq!(Keys::derive(b"two").verify_ticket(&signed), None);
        let mut bytes = BASE64URL_NOPAD.decode(signed.as_bytes()).expect("base64");
        for at in [0, 20, 40, 95] {
            bytes[at] ^= 1;
            assert_eq!(keys.verify_ticket(&BASE64URL_NOPAD.encode(&bytes)), None, "byte {at}");
            bytes[at] ^= 1;
        }
        assert_eq!(keys.verify_ticket("короткий"), None);
    }

    #[test]
    fn tokens_differ_by_order_and_by_secret() {
        let keys = Keys::derive(b"one");
        let order = OrderId(Uuid::from_u128(1));
        assert_eq!(keys.order_token(order), keys.order_token(order));
        assert_ne!(keys.order_token(order), keys.order_token(OrderId(Uuid::from_u128(2))));
        assert_ne!(keys.order_token(order), Keys::derive(b"two").order_token(order));
        assert_eq!(keys.order_token(order).len(), TOKEN_LEN);
        assert_ne!(keys.order_token(order), keys.invitation_token(InvitationId(order.0)));
        assert_ne!(keys.order_token(order), keys.card_token(PayoutCardId(order.0)));
    }

    #[test]
    fn one_id_gives_a_secret_of_each_kind() {
        let keys = Keys::derive(b"one");
        let id = Uuid::from_u128(1);
        assert_ne!(keys.link_token(id), keys.order_token(OrderId(id)));
        let codes: Vec<String> = (0..50).map(|n| keys.sms_code(Uuid::from_u128(n))).collect();
        assert!(codes.iter().all(|code| code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit())), "{codes:?}");
        assert_ne!(codes[0], codes[1]);
        assert_ne!(keys.totp_secret(id), Keys::derive(b"two").totp_secret(id));
        let digest = |account: u128| keys.recovery_digest(AccountId(Uuid::from_u128(account)), "7K2M9QXA03");
        assert_ne!(digest(1), digest(2));
    }
}
