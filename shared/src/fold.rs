//! One spelling for what people write in either language, to look for and to sort by.

/// Small letters, Russian ones for Kazakh ones; the database's `folded()` does the same.
#[must_use]
pub fn folded(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .map(|letter| match letter {
            'ә' => 'а',
            'ғ' => 'г',
            'қ' => 'к',
            'ң' => 'н',
            'ө' => 'о',
            'ұ' | 'ү' => 'у',
            'һ' => 'х',
            'і' => 'и',
            'ё' => 'е',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_spelling_is_the_same() {
        assert_eq!(folded("Әсел ҚҰСМАНОВА"), folded("асел кусманова"));
        assert_eq!(folded("Өмірбек, Семён"), "омирбек, семен");
    }
}
