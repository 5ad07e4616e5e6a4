//! A departure's list on paper.
#![allow(clippy::unwrap_used)]
use sapar_documents::manifest::{Manifest, Person, pdf};
use sapar_shared::Lang;

fn manifest(lang: Lang, count: usize) -> Manifest {
    let person = |index: usize| Person {
        name: format!("Айгүл Сәтбаева {index}"),
        phone: "7 701 123 45 67".into(),
        ticket_type: "Взрослый".into(),
        order: format!("ORDER{index:03}"),
        code: "7K2M-9QXA-03TB".into(),
        here: index.is_multiple_of(2),
    };
    Manifest {
        lang,
        title: "Көлсай көлдері".into(),
        starts_at: "2026-12-05T01:30:00Z".parse().unwrap(),
        made_at: "2026-12-05T00:00:00Z".parse().unwrap(),
        people: (1..=count).map(person).collect(),
    }
}

#[test]
fn everybody_is_on_it_in_every_language() {
    for (lang, words) in [(Lang::Ru, "2 пассажира"), (Lang::Kk, "2 жолаушы"), (Lang::En, "2 passengers")] {
        let made = pdf(&manifest(lang, 2)).unwrap();
        assert!(made.starts_with(b"%PDF-"));
        let text = pdf_extract::extract_text_from_mem(&made).unwrap();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for word in [words, "Көлсай көлдері", "Айгүл Сәтбаева 1", "Айгүл Сәтбаева 2", "ORDER002", "7K2M-9QXA-03TB"]
        {
            assert!(text.contains(word), "{word} in {text}");
        }
    }
}

#[test]
fn a_long_list_goes_on_and_an_empty_one_is_a_page() {
    let pages = |count| pdf_extract::Document::load_mem(&pdf(&manifest(Lang::Ru, count)).unwrap()).unwrap().get_pages().len();
    assert_eq!(pages(0), 1);
    assert!(pages(1000) > 10);
}

#[test]
fn hostile_names_are_only_text() {
    let mut list = manifest(Lang::Ru, 1);
    list.people[0].name = "#panic(\"x\") $a^2$ *b*".into();
    let text = pdf_extract::extract_text_from_mem(&pdf(&list).unwrap()).unwrap();
    assert!(text.replace([' ', '\n', '\u{200b}'], "").contains("#panic(\"x\")$a^2$*b*"), "{text}");
}
