//! What must hold, whatever happened.

/// What must hold at any moment; each statement counts what breaks it.
pub(crate) const RULES: [(&str, &str); 8] = [
    ("0 ≤ held + sold ≤ capacity", "select count(*) from stock where held < 0 or sold < 0 or held + sold > capacity"),
    (
        "held is what open orders hold",
        "select count(*) from stock s where held <> (
             select coalesce(sum(quantity), 0) from order_lines l join orders o on o.id = l.order_id
             where l.departure_id = s.departure_id and coalesce(s.ticket_type_id, l.ticket_type_id) = l.ticket_type_id
               and o.status in ('held', 'awaiting_payment'))",
    ),
    (
        "sold is what paid orders bought",
        "select count(*) from stock s where sold <> (
             select coalesce(sum(quantity), 0) from order_lines l join orders o on o.id = l.order_id
             where l.departure_id = s.departure_id and coalesce(s.ticket_type_id, l.ticket_type_id) = l.ticket_type_id
               and o.status in ('paid', 'completed'))",
    ),
    (
        "a paid order has all its tickets or none yet, any other has none that is good",
        "select count(*) from orders o where (select count(*) from tickets t where t.order_id = o.id and t.status <> 'void') not in
             (0, case when o.status in ('paid', 'completed')
                      then (select sum(quantity) from order_lines l where l.order_id = o.id) else 0 end)",
    ),
    (
        "every ledger entry sums to zero",
        "select count(*) from (select from ledger_postings group by entry_id having sum(amount) <> 0) broken",
    ),
    (
        "the books say what paid orders cost",
        "select count(*) from orders o where coalesce((select sum(amount) from ledger_postings p join ledger_entries e on e.id = p.entry_id
             where e.order_id = o.id and p.account = 'provider'), 0) <> case when o.status in ('paid', 'completed') then o.total else 0 end",
    ),
    (
        "an order is settled once",
        "select count(*) from orders o
         where (select count(*) from payment_events e where e.order_number = o.number and e.verdict = 'paid') > 1
            or (select count(*) from ledger_entries e where e.order_id = o.id and e.reason like '%:sale') > 1",
    ),
    (
        "a paid order has one payment, any other none that we keep",
        "select count(*) from orders o where (select count(*) from payments p where p.order_id = o.id and p.status = 'succeeded')
             <> (o.status in ('paid', 'completed'))::int",
    ),
];

/// And once everybody has done what they had to.
pub(crate) const RULES_AT_REST: [(&str, &str); 3] = [
    ("no hold outlives its time", "select count(*) from orders where status in ('held', 'awaiting_payment')"),
    ("no job is left", "select count(*) from jobs"),
    (
        "as many good tickets as places sold",
        "select count(*) from stock s where sold <> (
             select count(*) from tickets t where t.departure_id = s.departure_id and t.status <> 'void'
               and coalesce(s.ticket_type_id, t.ticket_type_id) = t.ticket_type_id)",
    ),
];
