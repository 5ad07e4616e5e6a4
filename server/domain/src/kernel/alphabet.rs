//! The order in which people look for a name.

/// Kazakh's alphabet holds Russian's: the database's own order would put Ә and Қ behind Я.
const ALPHABET: &str = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";

/// Names sorted by it stand as in a dictionary.
#[must_use]
pub fn sort_key(name: &str) -> Vec<usize> {
    let letters: Vec<char> = ALPHABET.chars().collect();
    let place = |letter: char| letters.iter().position(|known| *known == letter).map(|at| at + 0x0011_0000);
    name.to_lowercase().chars().map(|letter| place(letter).unwrap_or(letter as usize)).collect()
}

#[cfg(test)]
mod tests {
    use super::sort_key;

    #[test]
    fn kazakh_letters_stand_beside_their_neighbours() {
        let mut names = ["Шымкент", "Өскемен", "Қарағанды", "Орал", "Алматы", "Үшарал", "Көкшетау", "Ақтау"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Ақтау", "Алматы", "Көкшетау", "Қарағанды", "Орал", "Өскемен", "Үшарал", "Шымкент"]);
    }
}
