//! Public codes in Crockford's base 32: no I, L, O, U; what people mistype for a digit is read as that digit.

/// Crockford's alphabet.
pub const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Length of a ticket's code: 60 bits, so guessing finds nothing.
pub const TICKET_CODE_LEN: usize = 12;

/// Reads a typed code: case, spaces and dashes do not matter, O is 0, I and L are 1.
/// `None` when the length or a letter is wrong.
#[must_use]
pub fn normalise(typed: &str, len: usize) -> Option<String> {
    let mut code = String::with_capacity(len);
    for letter in typed.chars() {
        let letter = match letter.to_ascii_uppercase() {
            ' ' | '-' | '\u{a0}' | '\u{2009}' => continue,
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        if !letter.is_ascii() || !ALPHABET.contains(&(letter as u8)) || code.len() == len {
            return None;
        }
        code.push(letter);
    }
    (code.len() == len).then_some(code)
}

/// A ticket's code in groups of four: `7K2M-9QXA-03TB`.
#[must_use]
pub fn grouped(code: &str) -> String {
    let mut out = String::with_capacity(code.len() + code.len() / 4);
    for (index, letter) in code.chars().enumerate() {
        if index > 0 && index % 4 == 0 {
            out.push('-');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistyped_codes_are_understood() {
        assert_eq!(normalise(" 7k2m-9qxa o3lb ", 12).as_deref(), Some("7K2M9QXA031B"));
        assert_eq!(normalise("7K2M9QXA03T", 12), None);
        assert_eq!(normalise("7K2M9QXA03TBB", 12), None);
        assert_eq!(normalise("7K2M9QXA03Tю", 12), None);
        assert_eq!(grouped("7K2M9QXA03TB"), "7K2M-9QXA-03TB");
    }
}
