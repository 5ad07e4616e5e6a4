//! The words of tours that nobody runs: of the big catalogue and of the scale's companies.
use serde_json::{Value, json};

/// A record a language, as `jsonb_to_recordset` reads them.
pub(super) fn words() -> Value {
    json!([
        {
            "lang": "ru",
            "kinds": ["прогулка", "джип-тур", "поход", "фототур", "семейная поездка", "выходные", "конная прогулка",
                      "ночь под звёздами", "экскурсия", "велопрогулка"],
            "flavours": ["на рассвете", "с чаепитием", "малой группой", "с местным гидом", "на закате", "осенью",
                         "с ночёвкой в юрте", "без спешки"],
            "away": "Выезжаем из города рано утром",
            "bus": "Микроавтобус",
            "guide": "Работа гида",
            "tea": "Чай и баурсаки",
            "lunch": "Обед",
            "back": "Возвращаемся в город",
        },
        {
            "lang": "kk",
            "kinds": ["серуен", "джип-тур", "жорық", "фототур", "отбасылық сапар", "демалыс күндері", "атпен серуен",
                      "жұлдыз астындағы түн", "экскурсия", "велосеруен"],
            "flavours": ["таң ата", "шай ішумен", "шағын топпен", "жергілікті гидпен", "күн батқанда", "күзде",
                         "киіз үйге қонумен", "асықпай"],
            "away": "Қаладан таңертең ерте шығамыз",
            "bus": "Шағын автобус",
            "guide": "Гид қызметі",
            "tea": "Шай мен бауырсақ",
            "lunch": "Түскі ас",
            "back": "Қалаға қайтамыз",
        },
        {
            "lang": "en",
            "kinds": ["walk", "jeep tour", "hike", "photo tour", "family trip", "weekend", "horse ride", "night under the stars",
                      "guided tour", "bike ride"],
            "flavours": ["at dawn", "with tea", "in a small group", "with a local guide", "at sunset", "in autumn",
                         "with a night in a yurt", "unhurried"],
            "away": "We leave the city early in the morning",
            "bus": "Minibus",
            "guide": "Guide",
            "tea": "Tea and baursaks",
            "lunch": "Lunch",
            "back": "We return to the city",
        },
    ])
}
