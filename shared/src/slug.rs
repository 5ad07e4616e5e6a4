//! The words of an address: Russian and Kazakh in Latin letters.

/// Longest slug; what makes it unique (`-2`) comes on top.
pub const LONGEST: usize = 70;

/// `Көлсай көлдері, 2 күн` as `kolsay-kolderi-2-kun`: small Latin letters and digits, with single dashes between words. Cut at
/// the end of a word where that leaves enough. Empty where nothing of the text can be written so.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => out.push(letter),
            // Neither a sound nor a gap.
            'ъ' | 'ь' | '\'' | '’' | 'ʼ' | '`' | '\u{ad}' | '\u{300}'..='\u{36f}' => {}
            _ => match latin(letter) {
                "" if out.is_empty() || out.ends_with('-') => {}
                "" => out.push('-'),
                letters => out.push_str(letters),
            },
        }
    }
    let whole = out.trim_end_matches('-');
    if whole.len() <= LONGEST {
        return whole.to_owned();
    }
    let cut = &whole[..LONGEST];
    // The letter behind the cut tells whether it ends a word.
    let at = if whole.as_bytes()[LONGEST] == b'-' {
        LONGEST
    } else {
        cut.rfind('-').filter(|at| *at >= LONGEST / 2).unwrap_or(LONGEST)
    };
    cut[..at].trim_end_matches('-').to_owned()
}

/// As passports and maps write it, without marks; empty for what is no letter we know.
const fn latin(letter: char) -> &'static str {
    match letter {
        'а' | 'ә' | 'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ғ' | 'ğ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' | 'é' | 'è' | 'ê' | 'ë' => "e",
        'ө' | 'о' | 'ó' | 'ò' | 'ô' | 'ö' | 'õ' => "o",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' | 'ї' | 'í' | 'ì' | 'î' | 'ï' | 'ı' => "i",
        'й' | 'ы' => "y",
        'к' | 'қ' => "k",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' | 'ñ' => "n",
        'п' => "p",
        'р' => "r",
        'с' | 'ş' => "s",
        'т' => "t",
        'у' | 'ұ' | 'ү' | 'ú' | 'ù' | 'û' | 'ü' => "u",
        'ф' => "f",
        'х' | 'һ' => "h",
        'ц' => "ts",
        'ч' | 'ç' => "ch",
        'ш' | 'щ' => "sh",
        'ю' => "yu",
        'я' => "ya",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_become_latin() {
        for (text, wanted) in [
            ("Көлсай көлдері, 2 күн", "kolsay-kolderi-2-kun"),
            ("Чарынский каньон: подъём & спуск", "charynskiy-kanon-podem-spusk"),
            ("Шымбұлақ ÷ Медеу", "shymbulak-medeu"),
            ("Ғажайып Түркістан, һәм Отырар", "gazhayyp-turkistan-ham-otyrar"),
            ("ТОО «Nomad Trails»", "too-nomad-trails"),
            ("Щёлково — Ёлка", "shelkovo-elka"),
            ("  --Tau__2026--  ", "tau-2026"),
            ("Café d’Été", "cafe-dete"),
        ] {
            assert_eq!(slug(text), wanted);
        }
    }

    #[test]
    fn what_no_address_can_say_is_left_out() {
        for text in ["", "—", "🎫", "旅行", "'' ''"] {
            assert_eq!(slug(text), "", "{text:?}");
        }
        assert_eq!(slug("旅行 Tau 🏔"), "tau");
    }

    #[test]
    fn a_long_one_ends_with_a_word() {
        let long = slug(&"Алматы облысы ".repeat(20));
        assert!(long.len() <= LONGEST && long.ends_with("oblysy"), "{long}");
        assert_eq!(slug(&"щ".repeat(200)).len(), LONGEST);
        assert_eq!(slug(&format!("{} x", "a".repeat(LONGEST))), "a".repeat(LONGEST));
    }
}
