//! The payment page's words. The page plays somebody else's, so they are not among the product's own texts.
use sapar_shared::Lang;

pub(super) struct Texts {
    pub(super) title: &'static str,
    pub(super) sandbox: &'static str,
    pub(super) sandbox_note: &'static str,
    pub(super) to_pay: &'static str,
    pub(super) order: &'static str,
    pub(super) approve: &'static str,
    pub(super) decline: &'static str,
    pub(super) bad_luck: &'static str,
    pub(super) closed: Choice,
    pub(super) late: Choice,
    pub(super) twice: Choice,
    pub(super) forged: Choice,
    pub(super) back: &'static str,
    pub(super) paid: Outcome,
    pub(super) window_closed: Outcome,
    pub(super) declined: Outcome,
    pub(super) returned: Outcome,
    pub(super) cancelled: Outcome,
    pub(super) expired: Outcome,
    pub(super) already: &'static str,
    pub(super) unknown: Outcome,
}

/// A button and what it does.
pub(super) struct Choice {
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
}

/// A headline and what it means.
pub(super) struct Outcome {
    pub(super) title: &'static str,
    pub(super) text: &'static str,
}

const fn choice(label: &'static str, hint: &'static str) -> Choice {
    Choice { label, hint }
}

const fn outcome(title: &'static str, text: &'static str) -> Outcome {
    Outcome { title, text }
}

pub(super) const fn of(lang: Lang) -> &'static Texts {
    match lang {
        Lang::Ru => &RU,
        Lang::Kk => &KK,
        Lang::En => &EN,
    }
}

static RU: Texts = Texts {
    title: "Оплата (песочница)",
    sandbox: "Песочница: деньги не списываются",
    sandbox_note: "Эта страница играет роль платёжной системы. Выберите, чем закончится оплата.",
    to_pay: "К оплате",
    order: "Заказ",
    approve: "Оплатить",
    decline: "Отклонить оплату",
    bad_luck: "Если что-то пойдёт не так",
    closed: choice("Оплатить и закрыть браузер", "Магазин ничего не узнает, пока не спросит сам"),
    late: choice("Оплатить, сообщить поздно", "Вы вернётесь сразу, уведомление придёт через 10 секунд"),
    twice: choice("Оплатить, сообщить дважды", "Одно и то же уведомление придёт два раза"),
    forged: choice("Оплатить, подделать подпись", "Уведомление придёт с неверной подписью"),
    back: "Вернуться в магазин",
    paid: outcome("Оплачено", "Платёж прошёл. Вернитесь в магазин за билетами."),
    window_closed: outcome("Оплачено, браузер «закрыт»", "Уведомления не будет. Магазин сам спросит о платеже."),
    declined: outcome("Оплата отклонена", "Деньги не списаны. В магазине можно попробовать ещё раз."),
    returned: outcome("Деньги вернулись", "Платёж возвращён."),
    cancelled: outcome("Платёж отменён", "Магазин отменил этот платёж."),
    expired: outcome("Время оплаты вышло", "Деньги не списаны. Оформите заказ заново."),
    already: "Этот платёж уже решён, второй раз решить его нельзя.",
    unknown: outcome("Платёж не найден", "Такой страницы оплаты нет."),
};

static KK: Texts = Texts {
    title: "Төлем (сынақ алаңы)",
    sandbox: "Сынақ алаңы: ақша алынбайды",
    sandbox_note: "Бұл бет төлем жүйесінің орнында тұр. Төлемнің немен аяқталатынын таңдаңыз.",
    to_pay: "Төленетін сома",
    order: "Тапсырыс",
    approve: "Төлеу",
    decline: "Төлемнен бас тарту",
    bad_luck: "Бірдеңе дұрыс болмаса",
    closed: choice("Төлеп, браузерді жабу", "Дүкен өзі сұрамайынша ештеңе білмейді"),
    late: choice("Төлеу, кеш хабарлау", "Сіз бірден ораласыз, хабарлама 10 секундтан кейін келеді"),
    twice: choice("Төлеу, екі рет хабарлау", "Бір хабарлама екі рет келеді"),
    forged: choice("Төлеу, қолтаңбаны бұрмалау", "Хабарлама қате қолтаңбамен келеді"),
    back: "Дүкенге оралу",
    paid: outcome("Төленді", "Төлем өтті. Билеттерді алу үшін дүкенге оралыңыз."),
    window_closed: outcome("Төленді, браузер «жабылды»", "Хабарлама келмейді. Дүкен төлем туралы өзі сұрайды."),
    declined: outcome("Төлем қабылданбады", "Ақша алынған жоқ. Дүкенде қайта көруге болады."),
    returned: outcome("Ақша қайтарылды", "Төлем қайтарылды."),
    cancelled: outcome("Төлем тоқтатылды", "Дүкен бұл төлемді тоқтатты."),
    expired: outcome("Төлем уақыты өтіп кетті", "Ақша алынған жоқ. Тапсырысты қайта рәсімдеңіз."),
    already: "Бұл төлем шешіліп қойған, оны екінші рет шешуге болмайды.",
    unknown: outcome("Төлем табылмады", "Мұндай төлем беті жоқ."),
};

static EN: Texts = Texts {
    title: "Payment (sandbox)",
    sandbox: "Sandbox: no money is taken",
    sandbox_note: "This page plays the payment provider. Choose how the payment ends.",
    to_pay: "To pay",
    order: "Order",
    approve: "Pay",
    decline: "Decline the payment",
    bad_luck: "When something goes wrong",
    closed: choice("Pay and close the browser", "The shop hears nothing until it asks"),
    late: choice("Pay, tell the shop late", "You return at once, the callback comes 10 seconds later"),
    twice: choice("Pay, tell the shop twice", "The same callback comes two times"),
    forged: choice("Pay, forge the signature", "The callback comes with a wrong signature"),
    back: "Return to the shop",
    paid: outcome("Paid", "The payment went through. Return to the shop for the tickets."),
    window_closed: outcome(
        "Paid, the browser is \u{201c}closed\u{201d}",
        "There will be no callback. The shop will ask by itself.",
    ),
    declined: outcome("Payment declined", "No money was taken. You can try again in the shop."),
    returned: outcome("The money went back", "The payment was refunded."),
    cancelled: outcome("Payment cancelled", "The shop cancelled this payment."),
    expired: outcome("The time to pay is over", "No money was taken. Please order again."),
    already: "This payment is already decided and cannot be decided again.",
    unknown: outcome("Payment not found", "There is no such payment page."),
};
