//! Addresses made of titles: Russian and Kazakh letters become Latin ones.

/// The longest that `slug` makes.
const LONGEST: usize = 80;

/// `Көлсай көлдері: 2 күн` becomes `kolsai-kolderi-2-kun`. At most 80 letters, cut between words where that can be; empty
/// when nothing in the text can be written in Latin.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        match latin(letter) {
            Some(written) => out.push_str(written),
            None if letter.is_ascii_alphanumeric() => out.push(letter),
            None if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            None => {}
        }
        if out.len() > LONGEST + 1 {
            break;
        }
    }
    if out.len() > LONGEST {
        let end = out[..=LONGEST].rfind('-').filter(|end| *end > LONGEST / 2).unwrap_or(LONGEST);
        out.truncate(end);
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// What a letter of Russian or Kazakh is written as; signs that are not heard, as nothing.
const fn latin(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ғ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'й' | 'і' => "i",
        'к' | 'қ' => "k",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' => "n",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ұ' | 'ү' => "u",
        'ф' => "f",
        'х' => "kh",
        'һ' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "sch",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        'ъ' | 'ь' | '\'' | '’' | '\u{301}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn titles_become_addresses() {
        assert_eq!(slug("Көлсай көлдері: 2 күн"), "kolsai-kolderi-2-kun");
        assert_eq!(slug("  Чарынский каньон — за один день! "), "charynskii-kanon-za-odin-den");
        assert_eq!(slug("Lake Kaindy & Ko'lsai"), "lake-kaindy-kolsai");
        assert_eq!(slug("旅行 «—»"), "");
    }

    #[test]
    fn a_long_one_is_cut_between_words() {
        let long = slug(&"озеро ".repeat(30));
        assert_eq!(long, "ozero-".repeat(13).trim_end_matches('-'));
        assert_eq!(slug(&"щ".repeat(100)).len(), 80);
    }

    proptest! {
        #[test]
        fn nothing_else_stands_in_an_address(text in "\\PC{0,200}") {
            let slug = slug(&text);
            prop_assert!(slug.len() <= 80 && !slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
            prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        }
    }
}
