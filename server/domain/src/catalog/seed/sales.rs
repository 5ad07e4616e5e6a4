//! What a season would have sold: the places that are taken are places of orders, with tickets and names on them.
use super::{
    super::rules::Planned,
    chance::Chance,
    queries_sales::{OrderRow, SoldLineRow, TicketRow},
};
use crate::kernel::{Ctx, keys::digest};
use data_encoding::HEXLOWER;
use jiff::SignedDuration;
use sapar_shared::{
    code::TICKET_CODE_LEN,
    ids::{OrderId, TicketTypeId},
};
use uuid::Uuid;

const NUMBER_LEN: usize = 8;

const WOMEN: [&str; 12] =
    ["Айгүл", "Динара", "Мадина", "Әсел", "Гүлнар", "Жанар", "Анна", "Елена", "Ольга", "Наталья", "Камила", "Сәуле"];
const MEN: [&str; 12] =
    ["Ерлан", "Дәурен", "Нұрлан", "Асқар", "Тимур", "Бауыржан", "Сергей", "Андрей", "Дмитрий", "Марат", "Әлихан", "Руслан"];
const OF_WOMEN: [&str; 12] = [
    "Ахметова",
    "Сәрсенова",
    "Ким",
    "Иванова",
    "Оспанова",
    "Смағұлова",
    "Петрова",
    "Жұмабаева",
    "Цой",
    "Қасымова",
    "Бекова",
    "Волкова",
];
const OF_MEN: [&str; 12] =
    ["Ахметов", "Сәрсенов", "Ким", "Иванов", "Оспанов", "Смағұлов", "Петров", "Жұмабаев", "Цой", "Қасымов", "Беков", "Волков"];

/// A ticket type as it is sold.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub id: TicketTypeId,
    /// Tiyn.
    pub price: i64,
    pub quota: Option<i32>,
    pub max: i32,
}

/// Orders that are paid, all to be written at once.
#[derive(Default)]
pub(super) struct Sales {
    pub orders: Vec<OrderRow>,
    pub lines: Vec<SoldLineRow>,
    pub tickets: Vec<TicketRow>,
}

impl Sales {
    /// Takes places as a season would: every tenth departure is full, half of the others partly.
    pub(super) fn season(&mut self, ctx: &Ctx, slug: &str, departure: &mut Planned, kinds: &[Kind]) {
        let day = sapar_shared::when::local(departure.starts_at).date();
        let mut chance = Chance::of(&format!("{slug} {day}"));
        let percent = match chance.below(10) {
            0 => 100,
            1..=5 => chance.below(80),
            _ => 0,
        };
        self.sell(ctx, departure, kinds, percent, &mut chance);
    }

    /// Sells so much of a departure, in orders of one to four people.
    pub(super) fn sell(&mut self, ctx: &Ctx, departure: &mut Planned, kinds: &[Kind], percent: i64, chance: &mut Chance) {
        let capacity = departure.counters.first().map_or(0, |own| own.capacity);
        let mut left = i32::try_from(i64::from(capacity) * percent / 100).unwrap_or(0);
        while left > 0 {
            let party = left.min(1 + small(chance, 4));
            let sold = self.order(ctx, departure, kinds, party, chance);
            if sold == 0 {
                return;
            }
            left -= sold;
        }
    }

    /// One order of up to `party` people; returns how many places it took.
    fn order(&mut self, ctx: &Ctx, departure: &mut Planned, kinds: &[Kind], party: i32, chance: &mut Chance) -> i32 {
        let id = OrderId(ctx.id());
        let (name, lang) = somebody(chance);
        let first = if chance.below(3) == 0 { index(chance, kinds.len()) } else { 0 };
        let (mut wanted, mut total, mut position) = (party, 0, 0);
        for (line, kind) in (1..).zip(kinds.iter().cycle().skip(first).take(kinds.len())) {
            let quantity = take(departure, kind, wanted);
            if quantity == 0 {
                continue;
            }
            let line_id = ctx.id();
            wanted -= quantity;
            total += kind.price * i64::from(quantity);
            self.lines.push(SoldLineRow::new(line_id, id.0, line, departure, kind, quantity));
            for _ in 0..quantity {
                position += 1;
                let code = ctx.code(TICKET_CODE_LEN);
                self.tickets.push(TicketRow { id: ctx.id(), line_id, position, code });
            }
        }
        if wanted < party {
            let placed_at = ctx.now() - SignedDuration::from_mins(60 + chance.below(10 * 24 * 60));
            self.orders.push(OrderRow {
                id: id.0,
                number: ctx.code(NUMBER_LEN),
                token_digest: HEXLOWER.encode(&digest(&ctx.keys.order_token(id))),
                lang,
                name,
                phone: format!("+7700{:07}", chance.below(10_000_000)),
                email: format!("guest{}@example.kz", chance.below(100_000)),
                total,
                placed_at,
                paid_at: placed_at + SignedDuration::from_mins(2),
                payment: ctx.id(),
                entry: ctx.id(),
                organisation_id: departure.organisation,
            });
        }
        party - wanted
    }
}

/// Counts up to `wanted` places of the kind as sold; returns how many there were.
fn take(departure: &mut Planned, kind: &Kind, wanted: i32) -> i32 {
    let own = Some(kind.id.0);
    let counts = |ticket_type: Option<Uuid>| ticket_type.is_none() || ticket_type == own;
    let counters = || departure.counters.iter().filter(|counter| counts(counter.ticket_type));
    let free = counters().map(|counter| counter.capacity - counter.sold).min().unwrap_or(0);
    let quantity = wanted.min(kind.max).min(free).max(0);
    for counter in departure.counters.iter_mut().filter(|counter| counts(counter.ticket_type)) {
        counter.sold += quantity;
    }
    quantity
}

fn somebody(chance: &mut Chance) -> (String, &'static str) {
    let (names, surnames) = if chance.below(2) == 0 { (&WOMEN, &OF_WOMEN) } else { (&MEN, &OF_MEN) };
    let name = format!("{} {}", names[index(chance, names.len())], surnames[index(chance, surnames.len())]);
    (name, if chance.below(3) == 0 { "kk" } else { "ru" })
}

fn index(chance: &mut Chance, len: usize) -> usize {
    usize::try_from(chance.below(i64::try_from(len).unwrap_or(1))).unwrap_or(0)
}

fn small(chance: &mut Chance, end: i64) -> i32 {
    i32::try_from(chance.below(end)).unwrap_or(0)
}
