//! A device that keeps passkeys, as a browser would hold it: for its owner's finger only, and for the page that asks.
use data_encoding::BASE64URL_NOPAD;
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::sync::atomic::{AtomicU8, Ordering};

/// What the device tells of itself: somebody was there, it was their finger, a key is enclosed.
const PRESENT: u8 = 1;
const VERIFIED: u8 = 4;
const WITH_KEY: u8 = 64;

pub(crate) struct Device {
    /// The page that the browser shows.
    pub(crate) origin: &'static str,
    /// Whether it asks its owner.
    pub(crate) asks: bool,
    pub(crate) counter: u32,
    key: SigningKey,
    id: [u8; 16],
    /// Whose key it is, as the page has said.
    owner: Value,
}

fn base64(bytes: impl AsRef<[u8]>) -> String {
    BASE64URL_NOPAD.encode(bytes.as_ref())
}

/// A CBOR text or byte string.
fn string(kind: u8, bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap().to_be_bytes();
    [&[kind | 25][..], &length, bytes].concat()
}

impl Device {
    pub(crate) fn new(origin: &'static str) -> Self {
        static MADE: AtomicU8 = AtomicU8::new(1);
        let id = [MADE.fetch_add(1, Ordering::Relaxed); 16];
        let key = SigningKey::from_slice(&Sha256::digest(id)).unwrap();
        Self { origin, asks: true, counter: 0, key, id, owner: Value::Null }
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let data = json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false });
        data.to_string().into_bytes()
    }

    fn authenticator_data(&self, party: &Value, flags: u8) -> Vec<u8> {
        let verified = if self.asks { VERIFIED } else { 0 };
        let party = Sha256::digest(party.as_str().unwrap());
        [&party[..], &[PRESENT | verified | flags], &self.counter.to_be_bytes()].concat()
    }

    /// `{1: 2, 3: -7, -1: 1, -2: x, -3: y}`: a point of P-256, for ES256.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().unwrap(), point.y().unwrap());
        let (x, y) = (string(0x40, x), string(0x40, y));
        [&[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21][..], &x, &[0x22], &y].concat()
    }

    /// What `navigator.credentials.create` gives.
    pub(crate) fn create(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required", "found without anybody being named");
        self.owner = options["user"]["id"].clone();
        let data = self.authenticator_data(&options["rp"]["id"], WITH_KEY);
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        let data = [&data[..], &[0; 16], &length, &self.id, &self.public_key()].concat();
        let attestation = [
            &[0xa3][..],
            &string(0x60, b"fmt"),
            &string(0x60, b"none"),
            &string(0x60, b"attStmt"),
            &[0xa0],
            &string(0x60, b"authData"),
            &string(0x40, &data),
        ]
        .concat();
        let response = json!({
            "attestationObject": base64(attestation),
            "clientDataJSON": base64(self.client_data("webauthn.create", &options)),
        });
        self.answer(response)
    }

    /// What `navigator.credentials.get` gives.
    pub(crate) fn get(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        assert!(options["allowCredentials"].as_array().is_none_or(Vec::is_empty), "the page names nobody");
        self.counter += 1;
        let data = self.authenticator_data(&options["rpId"], 0);
        let client_data = self.client_data("webauthn.get", &options);
        let signature: Signature = self.key.sign(&[&data[..], &Sha256::digest(&client_data)].concat());
        let response = json!({
            "authenticatorData": base64(data),
            "clientDataJSON": base64(client_data),
            "signature": base64(signature.to_der()),
            "userHandle": self.owner,
        });
        self.answer(response)
    }

    fn answer(&self, response: Value) -> String {
        let id = base64(self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {}, "response": response }).to_string()
    }
}
