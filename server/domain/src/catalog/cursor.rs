//! Where a page of results ended: the sort key and the id of its last row, opaque to whoever carries it.
//!
//! It is not secret and not signed: any value only chooses where a public list goes on. What does not decode, or belongs
//! to another sort order, is ignored, and the list starts anew.
use data_encoding::BASE64URL_NOPAD;
use sapar_shared::forms::search::Sort;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// Count, tiyn, or microseconds since 1970; never negative. `NEVER` for a tour without departures.
    pub key: i64,
    pub id: Uuid,
}

/// The sort key of a tour that runs no more.
pub(super) const NEVER: i64 = i64::MAX;

/// The last moment that both jiff and PostgreSQL know: year 9999.
const LATEST: i64 = 253_402_207_200_000_000;

impl Cursor {
    pub(super) fn encode(self, sort: Sort) -> String {
        let mut bytes = [0; 25];
        bytes[0] = tag(sort);
        bytes[1..9].copy_from_slice(&self.key.to_be_bytes());
        bytes[9..].copy_from_slice(self.id.as_bytes());
        BASE64URL_NOPAD.encode(&bytes)
    }

    pub(super) fn decode(text: &str, sort: Sort) -> Option<Self> {
        let bytes: [u8; 25] = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok()?;
        let (head, id) = bytes.split_at(9);
        let key = i64::from_be_bytes(head[1..].try_into().ok()?);
        let possible = match sort {
            Sort::Soonest => key == NEVER || (0..LATEST).contains(&key),
            _ => key >= 0,
        };
        (head[0] == tag(sort) && possible).then_some(Self { key, id: Uuid::from_slice(id).ok()? })
    }
}

/// Whether the text is a place where a list in this order may go on.
#[must_use]
pub fn is_cursor(text: &str, sort: Sort) -> bool {
    Cursor::decode(text, sort).is_some()
}

const fn tag(sort: Sort) -> u8 {
    match sort {
        Sort::Popular => 1,
        Sort::Soonest => 2,
        Sort::PriceUp => 3,
        Sort::PriceDown => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_only_for_its_own_order() {
        let cursor = Cursor { key: 1_490_000, id: Uuid::from_u128(7) };
        for sort in Sort::ALL {
            let text = cursor.encode(sort);
            for other in Sort::ALL {
                assert_eq!(Cursor::decode(&text, other), (sort == other).then_some(cursor));
            }
        }
        let never = Cursor { key: NEVER, ..cursor };
        assert_eq!(Cursor::decode(&never.encode(Sort::Soonest), Sort::Soonest), Some(never));
    }

    #[test]
    fn forged_ones_are_ignored() {
        let good = Cursor { key: 5, id: Uuid::from_u128(7) }.encode(Sort::Soonest);
        let negative = Cursor { key: -5, id: Uuid::from_u128(7) }.encode(Sort::Soonest);
        let late = Cursor { key: NEVER - 1, id: Uuid::from_u128(7) }.encode(Sort::Soonest);
        for text in ["", "AAAA", "ещё", "' or 1=1", &good[1..], &format!("{good}A"), &negative, &late] {
            assert_eq!(Cursor::decode(text, Sort::Soonest), None, "{text}");
        }
    }
}
