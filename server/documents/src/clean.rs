//! Text that people typed, made fit for print.

/// The longest word that is left whole; the longest real ones (Kazakh place names included) are shorter.
const LONGEST_WORD: usize = 26;

/// One line of what was typed, without what has no shape on paper or would change the direction of what stands around it
/// (control characters, bidirectional overrides: a name could otherwise show as a different name); white space folded.
pub(crate) fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() && !is_no_break_space(c));
    let words = words.map(|word| word.chars().filter(|c| has_shape(*c)).collect::<String>());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// As [`one_line`], without little pictures, and endless words may break, so that nothing runs off the ticket.
pub(crate) fn for_print(text: &str) -> String {
    let mut length = 0;
    let mut out = String::with_capacity(text.len());
    let letters: String = text.chars().filter(|c| !is_picture(*c)).collect();
    for letter in one_line(&letters).chars() {
        length = if letter == ' ' { 0 } else { length + 1 };
        if length > LONGEST_WORD {
            out.push('\u{200b}');
            length = 1;
        }
        out.push(letter);
    }
    out
}

const fn is_no_break_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Little pictures, of which our fonts have none.
const fn is_picture(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// Neither a control character nor one of Unicode's invisible directors of text.
fn has_shape(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_directors_go_and_letters_stay() {
        assert_eq!(for_print("Ян\u{202e}ьлЕ\u{0}\r\n  Ким\t"), "ЯньлЕ Ким");
        assert_eq!(for_print("12\u{202f}500\u{202f}₸"), "12\u{202f}500\u{202f}₸");
        assert_eq!(for_print("#import \"x\" \\ <script>$"), "#import \"x\" \\ <script>$");
        assert_eq!(for_print(" \u{200b} "), "");
        assert_eq!(for_print("Әсел 😀 Ұлықбекова ❤\u{fe0f}"), "Әсел Ұлықбекова");
    }

    #[test]
    fn endless_words_may_break() {
        let broken = for_print(&"ы".repeat(100));
        assert_eq!(broken.matches('\u{200b}').count(), 3);
        assert!(!for_print("Қарқаралы-Баянауыл").contains('\u{200b}'));
    }
}
