//! What a use case may know of the world: the time, chance, secrets, our own address.
use super::{Clock, Keys, SystemClock};
use jiff::{Timestamp, civil::Date};
use rand::TryRng as _;
use sapar_shared::code::ALPHABET;
use std::sync::Arc;
use uuid::Uuid;

/// Where chance comes from: the operating system, or a seed in tests.
pub trait Entropy: Send + Sync + 'static {
    fn fill(&self, bytes: &mut [u8]);
}

#[derive(Debug, Clone, Copy)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        // Without the system's entropy no secret can be made; going on would hand out guessable ones.
        rand::rngs::SysRng.try_fill_bytes(bytes).expect("the operating system gives entropy");
    }
}

#[derive(Clone)]
pub struct Ctx {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    pub keys: Arc<Keys>,
    /// Our own address as customers see it, without a slash at its end.
    pub public_url: Arc<str>,
    pub demo: bool,
}

impl Ctx {
    #[must_use]
    pub fn new(keys: Keys, public_url: &str, demo: bool) -> Self {
        Self::with(SystemClock, SystemEntropy, keys, public_url, demo)
    }

    #[must_use]
    pub fn with(clock: impl Clock, entropy: impl Entropy, keys: Keys, public_url: &str, demo: bool) -> Self {
        Self {
            clock: Arc::new(clock),
            entropy: Arc::new(entropy),
            keys: Arc::new(keys),
            public_url: public_url.trim_end_matches('/').into(),
            demo,
        }
    }

    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Today's date in Almaty.
    #[must_use]
    pub fn today(&self) -> Date {
        sapar_shared::when::local(self.now()).date()
    }

    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }

    /// A fresh UUIDv7: ids sort by the time they were made, which keeps indexes compact.
    #[must_use]
    pub fn id(&self) -> Uuid {
        let millis = u64::try_from(self.now().as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }

    /// `len` random letters of Crockford's base 32, five bits each.
    #[must_use]
    pub fn code(&self, len: usize) -> String {
        let mut bytes = vec![0; len];
        self.entropy.fill(&mut bytes);
        bytes.into_iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect()
    }

    /// An absolute address of ours.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }
}
