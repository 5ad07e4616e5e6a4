//! A phone number of Kazakhstan or Russia while it is typed: `7012345678`, `87012345678` and `+77012345678` all become
//! `+7 701 234 56 78`. Other countries' numbers, which begin with another `+`, stay as they are typed.
use crate::contact::Phone;
use std::mem;

/// What a field remembers from one key to the next.
#[derive(Clone, Debug, Default)]
pub struct PhoneMask {
    /// As it stood before this key.
    before: String,
    /// It was begun with a 7 and no plus: the 7 of `701`, or that of the country. The eleventh digit tells.
    bare: bool,
}

impl PhoneMask {
    /// The text in groups and the caret's place in it, after a key that left `text` with the caret behind `caret` of its
    /// characters. `None` leaves both as they are.
    pub fn typed(&mut self, text: &str, caret: usize) -> Option<(String, usize)> {
        let grouped = self.grouped(text, caret);
        self.before = grouped.as_ref().map_or(text, |(grouped, _)| grouped.as_str()).to_owned();
        grouped.filter(|(grouped, _)| grouped != text)
    }

    fn grouped(&mut self, text: &str, caret: usize) -> Option<(String, usize)> {
        let bare = mem::take(&mut self.bare);
        let digits = digits(text)?;
        // A space was deleted: put back at once, it would stop whoever deletes on.
        if text.len() < self.before.len() && self::digits(&self.before).as_ref() == Some(&digits) {
            self.bare = bare;
            return None;
        }
        let at_end = caret >= text.chars().count();
        let left = text.chars().take(caret).filter(char::is_ascii_digit).count();
        // Who writes in front of all wants another country.
        if left <= 1 && !at_end {
            return None;
        }
        let rest = match (text.trim_start().starts_with('+'), digits.as_bytes()) {
            (true, [b'7', b'7', b'3'..=b'9', ..]) if bare && at_end && digits.len() == 12 => &digits[2..],
            (true, [b'7', ..]) => {
                self.bare = bare;
                &digits[1..]
            }
            (false, [b'8', ..]) => &digits[1..],
            (false, [b'7', b'3'..=b'9', ..]) if digits.len() == 11 => &digits[1..],
            (false, [b'7', ..]) => {
                self.bare = true;
                &digits[..]
            }
            _ => return None,
        };
        if !(1..=10).contains(&rest.len()) {
            return None;
        }
        // As many digits stand before the caret as before, but for a 7 that came or went.
        let wanted = (left + 1 + rest.len()).saturating_sub(digits.len());
        let (mut out, mut place) = (String::from("+7"), None);
        for (index, digit) in rest.chars().enumerate() {
            if matches!(index, 0 | 3 | 6 | 8) {
                out.push(' ');
            }
            out.push(digit);
            if index + 2 == wanted {
                place = Some(out.len());
            }
        }
        let place = place.filter(|_| !at_end).unwrap_or(out.len());
        Some((out, place))
    }
}

/// `None`: it holds what no number does.
fn digits(text: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_digit() || " -()+\u{a0}".contains(c);
    text.chars().all(plain).then(|| text.chars().filter(char::is_ascii_digit).collect())
}

/// What the field shows once the hand has left it. `None` leaves it.
#[must_use]
pub fn settled(typed: &str) -> Option<String> {
    Phone::parse(typed).map(|phone| phone.pretty().replace('\u{a0}', " "))
}

#[cfg(test)]
mod tests {
    use super::{PhoneMask, settled};

    /// A field as a browser has it: the caret is drawn as `|`.
    #[derive(Default)]
    struct Field {
        mask: PhoneMask,
        text: String,
        caret: usize,
    }

    impl Field {
        fn holding(drawn: &str) -> Self {
            let caret = drawn.find('|').expect("a caret");
            let text = drawn.replace('|', "");
            let mut mask = PhoneMask::default();
            mask.typed(&text, text.len());
            Self { mask, text, caret }
        }

        fn changed(&mut self, text: String, caret: usize) {
            (self.text, self.caret) = self.mask.typed(&text, caret).unwrap_or((text, caret));
        }

        fn paste(&mut self, pasted: &str) {
            let mut text = self.text.clone();
            text.insert_str(self.caret, pasted);
            self.changed(text, self.caret + pasted.len());
        }

        fn keys(&mut self, keys: &str) {
            keys.chars().for_each(|key| self.paste(&key.to_string()));
        }

        fn backspace(&mut self) {
            if self.caret > 0 {
                let mut text = self.text.clone();
                text.remove(self.caret - 1);
                self.changed(text, self.caret - 1);
            }
        }

        fn delete(&mut self) {
            let mut text = self.text.clone();
            text.remove(self.caret);
            self.changed(text, self.caret);
        }

        fn drawn(&self) -> String {
            format!("{}|{}", &self.text[..self.caret], &self.text[self.caret..])
        }
    }

    fn typing(keys: &str) -> String {
        let mut field = Field::default();
        field.keys(keys);
        field.drawn()
    }

    #[test]
    fn however_it_is_begun_it_grows_in_groups() {
        for keys in ["7012345678", "87012345678", "+77012345678", "77012345678", "8 (701) 234-56-78", "+7 701 234 56 78"] {
            assert_eq!(typing(keys), "+7 701 234 56 78|", "{keys}");
        }
        assert_eq!(typing("87"), "+7 7|");
        assert_eq!(typing("7771"), "+7 777 1|");
        assert_eq!(typing("7771234567"), "+7 777 123 45 67|");
        assert_eq!(typing("77771234567"), "+7 777 123 45 67|");
        assert_eq!(typing("+7701123456"), "+7 701 123 45 6|");
        assert_eq!(typing("79161234567"), "+7 916 123 45 67|", "a Russian one, too");
    }

    #[test]
    fn a_number_that_is_pasted_is_the_same() {
        for pasted in
            ["7012345678", "87012345678", "+77012345678", "77012345678", "8 (701) 234-56-78", "+7\u{a0}701\u{a0}2345678"]
        {
            let (text, caret) = PhoneMask::default().typed(pasted, pasted.chars().count()).expect("it is put in groups");
            assert_eq!((text.as_str(), caret), ("+7 701 234 56 78", 16), "{pasted}");
        }
        let mut field = Field::holding("+7 701| 78");
        field.paste("23456");
        assert_eq!(field.drawn(), "+7 701 234 56| 78");
    }

    #[test]
    fn everything_else_is_left_alone() {
        for keys in ["", "8", "+7", "+998901234567", "+1 202 555 01 02", "0049 30 1234", "9161234567", "abc", "+7x"] {
            assert_eq!(typing(keys), format!("{keys}|"));
        }
        // One digit too many is not swallowed: it is seen, and said when the form is sent.
        assert_eq!(typing("+770123456789"), "+7 701 234 56 789|");
        assert_eq!(typing("70123456789"), "+7 701 234 56 789|");
    }

    #[test]
    fn all_of_it_can_be_deleted() {
        let mut field = Field::default();
        field.keys("87012345678");
        let mut seen = Vec::new();
        while !field.text.is_empty() {
            field.backspace();
            seen.push(field.drawn());
        }
        assert_eq!(seen[..3], ["+7 701 234 56 7|", "+7 701 234 56|", "+7 701 234 5|"]);
        assert_eq!(seen[seen.len() - 4..], ["+7 |", "+7|", "+|", "|"]);
        field.keys("7012345678");
        assert_eq!(field.drawn(), "+7 701 234 56 78|");
    }

    #[test]
    fn a_hand_that_corrects_keeps_its_place() {
        let mut field = Field::holding("+7 701 2|34 56 78");
        field.backspace();
        assert_eq!(field.drawn(), "+7 701| 345 67 8");
        field.keys("9");
        assert_eq!(field.drawn(), "+7 701 9|34 56 78");
        // A space stops neither key.
        let mut field = Field::holding("+7 701 |234 56 78");
        field.backspace();
        field.backspace();
        assert_eq!(field.drawn(), "+7 70|2 345 67 8");
        let mut field = Field::holding("+7 701| 234 56 78");
        field.delete();
        field.delete();
        assert_eq!(field.drawn(), "+7 701| 345 67 8");
        // Another country.
        let mut field = Field::holding("+7| 701 234 56 78");
        field.backspace();
        field.keys("998");
        assert_eq!(field.drawn(), "+998| 701 234 56 78");
    }

    #[test]
    fn a_digit_is_put_in_before_one_is_taken_out() {
        let mut field = Field::default();
        field.keys("7771234567");
        assert_eq!(field.drawn(), "+7 777 123 45 67|");
        // The 9 is meant for the 7 behind it: meanwhile it is one digit too many, and no other number.
        field.caret = "+7 77".len();
        field.keys("9");
        assert_eq!(field.drawn(), "+7 779|7 123 45 67");
        field.delete();
        assert_eq!(field.drawn(), "+7 779| 123 45 67");
    }

    #[test]
    fn a_field_that_is_left_shows_the_whole_number() {
        assert_eq!(settled("7011234567").as_deref(), Some("+7 701 123 45 67"));
        assert_eq!(settled("701.123.45.67").as_deref(), Some("+7 701 123 45 67"));
        assert_eq!(settled("+998 90 123 45 67").as_deref(), Some("+998901234567"));
        assert_eq!(settled("701"), None);
    }
}
