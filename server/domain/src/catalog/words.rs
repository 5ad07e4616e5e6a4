//! What a traveller typed, as words that can stand in a text query.
pub(super) use sapar_shared::fold::folded;
use std::fmt::Write as _;

/// Typed text is cut here; nobody means more.
const LONGEST: usize = 100;
/// Shorter words neither begin longer ones usefully nor can be mended.
const SHORTEST: usize = 3;

/// The typed text without what PostgreSQL refuses; `None` when nothing is left.
pub(super) fn clean(typed: &str) -> Option<String> {
    let text: String = typed.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The folded words, long enough to search by, each once.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in folded(text).split(|c: char| !c.is_alphanumeric()) {
        if word.chars().count() >= SHORTEST && !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// The words to look for, in whatever form. `None` where there is none or the text uses the search engine's signs
/// ("phrase", -without), for then it means what it says.
pub(super) fn wanted(text: &str) -> Option<Vec<String>> {
    let signs = text.contains('"') || text.split_whitespace().any(|word| word.starts_with('-'));
    Some(words(text)).filter(|words| !signs && !words.is_empty())
}

/// A text query for mistyped words: for each the nearest known ones, or itself.
pub(super) fn mended(words: &[(String, Vec<String>)]) -> Option<String> {
    let mut query = String::new();
    for (word, near) in words {
        query.push_str(if query.is_empty() { "(" } else { " & (" });
        write!(query, "'{word}':*").ok()?;
        for other in near {
            write!(query, " | '{other}'").ok()?;
        }
        query.push(')');
    }
    (!query.is_empty()).then_some(query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kazakh_and_russian_spellings_meet() {
        assert_eq!(words("Көлсай, ҚАЙЫҢДЫ  и Көлсай"), ["колсай", "кайынды"]);
        assert_eq!(wanted("Көлсай көл"), Some(vec!["колсай".to_owned(), "кол".to_owned()]));
        assert_eq!(wanted("озеро -Чарын"), None);
        assert_eq!(wanted("!! и"), None);
    }

    #[test]
    fn nothing_typed_can_leave_its_quotes() {
        assert_eq!(clean(" \0\u{7} "), None);
        assert_eq!(clean("а\0б").as_deref(), Some("а б"));
        assert!(words("o'ne' \\ two:* & !three | (four)").iter().all(|w| w.chars().all(char::is_alphanumeric)));
        let near = vec![("калсай".to_owned(), vec!["колсай".to_owned()]), ("тур".to_owned(), vec![])];
        assert_eq!(mended(&near).as_deref(), Some("('калсай':* | 'колсай') & ('тур':*)"));
        assert_eq!(mended(&[]), None);
    }
}
