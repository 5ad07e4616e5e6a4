//! What is printed can be read again: by cameras, by text search, by people in three languages.
#![allow(clippy::unwrap_used)]
mod sample;

use sapar_documents::{DocumentError, order_pdf, ticket_png};
use sapar_shared::{Lang, code::grouped, dto::paper::OrderPaper};

/// The PDF's text with white space folded, for lines break where they must.
fn text(order: &OrderPaper) -> String {
    let pdf = order_pdf(order).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let text = pdf_extract::extract_text_from_mem(&pdf).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pages(order: &OrderPaper) -> usize {
    pdf_extract::Document::load_mem(&order_pdf(order).unwrap()).unwrap().get_pages().len()
}

#[test]
fn every_language_prints_its_words_and_the_tickets_facts() {
    for (lang, words) in [
        (Lang::Ru, ["Место встречи", "декабря", "суббота, 2026", "Бесплатно до 3 декабря, 06:30", "Билет 2 из 2"]),
        (Lang::Kk, ["Кездесу орны", "желтоқсан", "сенбі, 2026", "Тегін, соңғы мерзімі: 3 желтоқсан, 06:30", "Билет 2 / 2"]),
        (Lang::En, ["Meeting point", "December", "Saturday, 2026", "Free until 3 December, 06:30", "Ticket 2 of 2"]),
    ] {
        let order = sample::order(lang, 2);
        let text = text(&order);
        for word in words {
            assert!(text.contains(word), "{word} in {text}");
        }
        for ticket in &order.tickets {
            for fact in [&ticket.title, &ticket.holder, &ticket.meeting, &ticket.partner_name, &grouped(&ticket.code)] {
                assert!(text.contains(fact.as_str()), "{fact} in {text}");
            }
        }
    }
}

#[test]
fn the_pdf_says_what_it_is() {
    let order = sample::order(Lang::Kk, 1);
    let pdf = pdf_extract::Document::load_mem(&order_pdf(&order).unwrap()).unwrap();
    let catalog = pdf.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"kk");
    let info = pdf.get_dictionary(pdf.trailer.get(b"Info").unwrap().as_reference().unwrap()).unwrap();
    let title = info.get(b"Title").unwrap().as_str().unwrap();
    let utf16: Vec<u16> = title[2..].chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    assert_eq!(String::from_utf16(&utf16).unwrap(), "Билет, 48217305 тапсырысы");
}

#[test]
fn one_order_gives_the_same_bytes_each_time() {
    let order = sample::order(Lang::Ru, 3);
    assert_eq!(order_pdf(&order).unwrap(), order_pdf(&order).unwrap());
    assert_eq!(ticket_png(&order, 2).unwrap(), ticket_png(&order, 2).unwrap());
}

#[test]
fn a_page_a_ticket_up_to_fifty() {
    for count in [1, 3, 50] {
        assert_eq!(pages(&sample::order(Lang::En, count)), count);
    }
    assert_eq!(pages(&sample::long_order(Lang::Kk, 50)), 50);
}

#[test]
fn an_order_without_tickets_is_refused() {
    let order = sample::order(Lang::Ru, 1);
    assert!(matches!(ticket_png(&order, 1), Err(DocumentError::NoTicket(1))));
    assert!(matches!(order_pdf(&sample::order(Lang::Ru, 0)), Err(DocumentError::NoTicket(0))));
    let mut order = order;
    order.tickets[0].qr_url = "x".repeat(3_000);
    assert!(matches!(order_pdf(&order), Err(DocumentError::QrTooLong(3_000))));
}

fn decode(picture: &image::GrayImage) -> String {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| picture[(x as u32, y as u32)].0[0]);
    let codes = picture.detect_grids();
    assert_eq!(codes.len(), 1);
    codes[0].decode().unwrap().1
}

#[test]
fn a_camera_reads_the_tickets_picture() {
    for (lang, index) in [(Lang::Ru, 0), (Lang::Kk, 1), (Lang::En, 2)] {
        for order in [sample::order(lang, 3), sample::long_order(lang, 3)] {
            let png = image::load_from_memory(&ticket_png(&order, index).unwrap()).unwrap();
            assert_eq!(png.width(), 900);
            assert_eq!(decode(&png.to_luma8()), order.tickets[index].qr_url);
        }
    }
}

#[test]
fn short_and_long_addresses_are_read_from_the_picture() {
    for length in [20, 160, 300] {
        let mut order = sample::order(Lang::Ru, 1);
        order.tickets[0].qr_url = "https://sapar.kz/t/a1B2-_".chars().cycle().take(length).collect();
        let png = image::load_from_memory(&ticket_png(&order, 0).unwrap()).unwrap();
        assert_eq!(decode(&png.to_luma8()), order.tickets[0].qr_url);
        assert!(sapar_shared::qr::path(&order.tickets[0].qr_url).is_some());
    }
}

#[test]
fn hostile_text_is_only_text() {
    let hostile = [
        "#import \"@preview/evil:1.0.0\": *",
        "#panic(\"x\") $a^2$ *bold* _it_ `raw`",
        "<script>alert(1)</script> & <label> @ref",
        "\\u{202e} \\ \" ' ] } ) ' // /* */",
        "= Heading https://evil.example ---",
    ];
    for words in hostile {
        let mut order = sample::order(Lang::Ru, 1);
        let ticket = &mut order.tickets[0];
        for field in
            [&mut ticket.holder, &mut ticket.title, &mut ticket.partner_name, &mut ticket.ticket_type, &mut ticket.meeting]
        {
            words.clone_into(field);
        }
        let text = text(&order).replace(' ', "");
        let wanted = words.replace(' ', "");
        // Text extraction does not see a space at the end of a line, so compare without.
        assert_eq!(text.matches(&wanted).count(), 5, "{wanted} in {text}");
    }
}

#[test]
fn what_directs_text_unseen_is_dropped() {
    let mut order = sample::order(Lang::En, 1);
    order.tickets[0].holder = "Ann\u{202e}nhoJ\u{0} \u{2066}Lee\u{feff}".to_owned();
    order.order_url = String::new();
    order.tickets[0].partner_phone = "by mail".to_owned();
    assert!(text(&order).contains("AnnnhoJ Lee"));
}

#[test]
fn letters_that_the_face_lacks_do_not_stop_the_press() {
    let mut order = sample::order(Lang::En, 1);
    order.tickets[0].holder = "王小明 გიორგი محمد 🎉".to_owned();
    order.tickets[0].title = "字".repeat(60);
    assert_eq!(pages(&order), 1);
}
