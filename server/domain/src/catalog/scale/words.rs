//! People's names, notes, and numbers that registers would have given.
use sapar_shared::{
    code::ALPHABET,
    requisites::{Bin, Iban},
};

const WOMEN: [&str; 16] = [
    "Айгүл",
    "Динара",
    "Мадина",
    "Әсел",
    "Гүлнар",
    "Жанар",
    "Анна",
    "Елена",
    "Ольга",
    "Наталья",
    "Камила",
    "Сәуле",
    "Ботагөз",
    "Индира",
    "Светлана",
    "Томирис",
];
const MEN: [&str; 16] = [
    "Ерлан",
    "Дәурен",
    "Нұрлан",
    "Асқар",
    "Тимур",
    "Бауыржан",
    "Сергей",
    "Андрей",
    "Дмитрий",
    "Марат",
    "Әлихан",
    "Руслан",
    "Санжар",
    "Иван",
    "Олжас",
    "Виктор",
];
/// Of women and of men.
const FAMILIES: [(&str, &str); 18] = [
    ("Ахметова", "Ахметов"),
    ("Сәрсенова", "Сәрсенов"),
    ("Ким", "Ким"),
    ("Иванова", "Иванов"),
    ("Оспанова", "Оспанов"),
    ("Смағұлова", "Смағұлов"),
    ("Петрова", "Петров"),
    ("Жұмабаева", "Жұмабаев"),
    ("Цой", "Цой"),
    ("Қасымова", "Қасымов"),
    ("Бекова", "Беков"),
    ("Волкова", "Волков"),
    ("Нұрғалиева", "Нұрғалиев"),
    ("Шмидт", "Шмидт"),
    ("Төлегенова", "Төлегенов"),
    ("Кузнецова", "Кузнецов"),
    ("Әбдірахманова", "Әбдірахманов"),
    ("Лебедева", "Лебедев"),
];
const NOTES: [&str; 8] = [
    "Просили место у окна",
    "Позвонить за час до выезда",
    "Едут с бабушкой, подсадить поближе к двери",
    "Нужно детское кресло",
    "Встретят у гостиницы",
    "Вегетарианский обед на двоих",
    "Балалы отбасы, алдыңғы орынды сұрады",
    "Шығар алдында қоңырау шалу керек",
];

/// Every first name with every family name.
pub(super) fn names() -> Vec<String> {
    let women = FAMILIES.iter().flat_map(|(family, _)| WOMEN.iter().map(move |first| format!("{first} {family}")));
    let men = FAMILIES.iter().flat_map(|(_, family)| MEN.iter().map(move |first| format!("{first} {family}")));
    women.chain(men).collect()
}

/// Eight, of which a hash chooses one.
pub(super) fn notes() -> Vec<String> {
    NOTES.map(str::to_owned).to_vec()
}

/// The last digit is what the others make it; a few beginnings have none.
pub(super) fn bins(count: i64) -> Vec<String> {
    let whole = |serial: usize| {
        let first = format!("{:02}{:02}40{serial:05}", 10 + serial % 15, 1 + serial % 12);
        (0..10).map(move |last| format!("{first}{last}")).find(|bin| Bin::parse(bin).is_some())
    };
    (1..100_000).filter_map(whole).take(usize::try_from(count).unwrap_or(0)).collect()
}

pub(super) fn ibans(count: i64) -> Vec<String> {
    let whole =
        |serial: i64| (0..100).map(move |check| format!("KZ{check:02}125{serial:013}")).find(|iban| Iban::parse(iban).is_some());
    (1..=count).filter_map(whole).collect()
}

/// Eight letters, another one for each of a trillion numbers: by an odd factor each has an inverse.
pub(super) fn order_number(number: i64, seed: i64) -> String {
    let mixed = (number.unsigned_abs().wrapping_mul(618_033_988_751))
        .wrapping_add(seed.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (0..8).map(|at| char::from(ALPHABET[usize::try_from(mixed >> (5 * at) & 31).unwrap_or(0)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn registers_would_take_the_numbers() {
        let (bins, ibans) = (bins(300), ibans(300));
        assert_eq!((bins.len(), ibans.len()), (300, 300));
        assert!(bins.iter().all(|bin| Bin::parse(bin).is_some()) && ibans.iter().all(|iban| Iban::parse(iban).is_some()));
        assert_eq!(bins.iter().collect::<HashSet<_>>().len(), 300);
    }

    #[test]
    fn no_two_orders_have_a_number() {
        assert_eq!((1..=50_000).map(|n| order_number(n, 1)).collect::<HashSet<_>>().len(), 50_000);
        assert_ne!(order_number(1, 1), order_number(1, 2));
    }

    #[test]
    fn names_are_many() {
        assert_eq!(names().iter().collect::<HashSet<_>>().len(), 576);
    }
}
