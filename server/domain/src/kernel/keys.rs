//! Secrets, all derived from the one that the operator keeps (HKDF-SHA256, a label each).
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sapar_shared::{
    code::ALPHABET,
    ids::{DepartureId, InvitationId, OrderId, TicketId},
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Letters of a token: 130 bits.
const TOKEN_LEN: usize = 26;

pub struct Keys {
    order_tokens: [u8; 32],
    invitations: [u8; 32],
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
            invitations: key(b"invitations v1"),
            tickets: SigningKey::from_bytes(&key(b"tickets v1")),
        }
    }

    /// The unguessable token of an order. It is computed, not stored: the database holds only its digest, and jobs that
    /// must print the link make it anew.
    #[must_use]
    pub fn order_token(&self, order: OrderId) -> String {
        token(&self.order_tokens, order.0)
    }

    /// The token of an invitation's link, by the same rule.
    #[must_use]
    pub fn invitation_token(&self, invitation: InvitationId) -> String {
        token(&self.invitations, invitation.0)
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

fn token(key: &[u8; 32], id: Uuid) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(id.as_bytes());
    mac.finalize().into_bytes().iter().take(TOKEN_LEN).map(|b| char::from(ALPHABET[usize::from(b & 31)])).collect()
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
    }
}
