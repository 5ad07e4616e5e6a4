//! Orders to look at and to test with.
#![allow(dead_code, clippy::unwrap_used)]
use sapar_shared::{
    Lang, Money,
    dto::paper::{OrderPaper, TicketPaper},
};

struct Words {
    title: &'static str,
    long_title: &'static str,
    meeting: &'static str,
    long_meeting: &'static str,
    kind: &'static str,
    long_kind: &'static str,
}

const fn words(lang: Lang) -> Words {
    match lang {
        Lang::Ru => Words {
            title: "Кольсай и Каинды за один день",
            long_title: "Мангистау: Бозжыра, Тузбаир и подземная мечеть Бекет-Ата за три дня на внедорожниках",
            meeting: "Алматы, пр. Абая, 48, у входа в кинотеатр «Арман»",
            long_meeting: "Актау, 14-й микрорайон, набережная, парковка за гостиницей «Каспийский берег», белый автобус с надписью «Жолаушы», номер спереди справа",
            kind: "Взрослый",
            long_kind: "Пенсионер или студент очной формы обучения с обедом и трансфером",
        },
        Lang::Kk => Words {
            title: "Көлсай мен Қайыңды: бір күндік сапар",
            long_title: "Маңғыстау: Бозжыра шатқалы, Тұзбайыр және Бекет ата жерасты мешітіне үш күндік сапар",
            meeting: "Алматы, Абай даңғылы, 48, «Арман» кинотеатрының кіреберісі",
            long_meeting: "Ақтау, 14-шағынаудан, жағалау, «Каспий жағасы» қонақүйінің артындағы тұрақ, «Жолаушы» деп жазылған ақ автобус, оң жақ алдыңғы есігінің жанында",
            kind: "Ересек",
            long_kind: "Зейнеткер немесе күндізгі бөлім студенті, түскі ас пен жеткізу қоса есептелген",
        },
        Lang::En => Words {
            title: "Kolsai and Kaindy in a day",
            long_title: "Mangystau: Bozzhyra, Tuzbair and the underground mosque of Beket-Ata in three days by car",
            meeting: "Almaty, 48 Abay Avenue, at the entrance of the Arman cinema",
            long_meeting: "Aktau, 14th microdistrict, seafront, car park behind the Caspian Shore hotel, the white bus that says Zholaushy, at its front right door",
            kind: "Adult",
            long_kind: "Pensioner or full-time student with lunch and a transfer from the hotel",
        },
    }
}

const NAMES: [&str; 6] =
    ["Айгүл Сәтбаева", "Тимур Ким", "Anna Müller", "Ғани Нұрғалиұлы", "Дария Әбдірахманова", "Олег Петренко"];

pub(crate) fn code(index: usize) -> String {
    let letters = sapar_shared::code::ALPHABET;
    (0..12).map(|at| char::from(letters[(index * 7 + at * at * 5 + at * 11 + 3) % 32])).collect()
}

pub(crate) fn qr_url(index: usize) -> String {
    let signed: String = (0..141).map(|at| char::from(b"aQ7_kZ-03xRfB9mLwT5"[(index * 5 + at * at + at * 3) % 19])).collect();
    format!("https://sapar.kz/t/{signed}")
}

pub(crate) fn order(lang: Lang, count: usize) -> OrderPaper {
    let words = words(lang);
    let tickets: Vec<TicketPaper> = (0..count)
        .map(|index| TicketPaper {
            position: i32::try_from(index).unwrap() + 1,
            code: code(index),
            qr_url: qr_url(index),
            title: words.title.to_owned(),
            ticket_type: words.kind.to_owned(),
            price: Money::from_tenge(12_500),
            holder: NAMES[index % NAMES.len()].to_owned(),
            starts_at: "2026-12-05T01:30:00Z".parse().unwrap(),
            ends_at: "2026-12-05T17:30:00Z".parse().unwrap(),
            meeting: words.meeting.to_owned(),
            meeting_lat_e6: 43_238_949,
            meeting_lng_e6: 76_889_709,
            partner_name: "Жолаушы Travel".to_owned(),
            partner_phone: "+77011234567".to_owned(),
            free_cancel_hours: 48,
        })
        .collect();
    OrderPaper {
        lang,
        number: "48217305".to_owned(),
        order_url: format!("https://sapar.kz/{lang}/orders/7K2M9QXA03TB5VWE8RNH4YZC"),
        contact_name: NAMES[0].to_owned(),
        contact_email: "aigul@example.kz".to_owned(),
        contact_phone: "+77017654321".to_owned(),
        total: Money::from_tenge(12_500 * i64::try_from(count).unwrap()),
        paid_at: Some("2026-11-21T08:30:00Z".parse().unwrap()),
        tickets,
    }
}

/// Everything as long as it may be.
pub(crate) fn long_order(lang: Lang, count: usize) -> OrderPaper {
    let words = words(lang);
    let mut order = order(lang, count);
    for ticket in &mut order.tickets {
        ticket.title = words.long_title.to_owned();
        ticket.meeting = words.long_meeting.to_owned();
        ticket.ticket_type = words.long_kind.to_owned();
        ticket.holder =
            "Мұхаммедрахымжан Құрбанғалиұлы Төлегенов-Қарақожаев, Шыңғысханұлы Әбілмансұрұлы Өтегенов-Байқоңырский".to_owned();
        ticket.partner_name = "Жауапкершілігі шектеулі серіктестік «Маңғыстау Саяхат және Экспедиция»".to_owned();
        ticket.price = Money::from_tiyn(123_456_750);
        ticket.starts_at = "2026-09-27T22:00:00Z".parse().unwrap();
        ticket.ends_at = "2026-09-30T15:45:00Z".parse().unwrap();
        ticket.free_cancel_hours = 0;
    }
    order
}
