//! Chance that is the same on every machine: numbers from the hash of a name.
use sha2::{Digest as _, Sha256};

pub(super) struct Chance {
    state: [u8; 32],
}

impl Chance {
    pub(super) fn of(name: &str) -> Self {
        Self { state: Sha256::digest(name.as_bytes()).into() }
    }

    /// The next number from 0 to `end`, which is not included.
    pub(super) fn below(&mut self, end: i64) -> i64 {
        let mut first = [0; 8];
        first.copy_from_slice(&self.state[..8]);
        self.state = Sha256::digest(self.state).into();
        i64::from_be_bytes(first).rem_euclid(end.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_gives_the_same_numbers() {
        let row = |name| {
            let mut chance = Chance::of(name);
            (0..50).map(|_| chance.below(10)).collect::<Vec<_>>()
        };
        assert_eq!(row("kolsai"), row("kolsai"));
        assert_ne!(row("kolsai"), row("charyn"));
        assert!((0..10).all(|n| row("kolsai").contains(&n) || row("charyn").contains(&n)));
    }
}
