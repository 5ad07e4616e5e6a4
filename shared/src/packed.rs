//! `#[serde(with = "crate::packed")]`: moments and days as numbers. jiff's own way is by text, and its parser and printer
//! would be a tenth of what a phone loads.
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// What travels as a number or a few of them.
pub trait Packed: Sized {
    type Form: Serialize + for<'de> Deserialize<'de>;
    fn pack(&self) -> Self::Form;
    fn unpack(form: Self::Form) -> Option<Self>;
}

/// Microseconds since 1970, UTC: PostgreSQL's own precision.
impl Packed for Timestamp {
    type Form = i64;

    fn pack(&self) -> i64 {
        self.as_microsecond()
    }

    fn unpack(form: i64) -> Option<Self> {
        Self::from_microsecond(form).ok()
    }
}

/// Year, month, day.
impl Packed for Date {
    type Form = (i16, i8, i8);

    fn pack(&self) -> Self::Form {
        (self.year(), self.month(), self.day())
    }

    fn unpack((year, month, day): Self::Form) -> Option<Self> {
        Self::new(year, month, day).ok()
    }
}

impl<T: Packed> Packed for Option<T> {
    type Form = Option<T::Form>;

    fn pack(&self) -> Self::Form {
        self.as_ref().map(T::pack)
    }

    fn unpack(form: Self::Form) -> Option<Self> {
        form.map_or(Some(None), |form| T::unpack(form).map(Some))
    }
}

/// # Errors
/// Those of the serializer.
pub fn serialize<T: Packed, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.pack().serialize(serializer)
}

/// # Errors
/// Those of the deserializer; a number that is no moment or day.
pub fn deserialize<'de, T: Packed, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::unpack(T::Form::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("not a moment or a day"))
}
