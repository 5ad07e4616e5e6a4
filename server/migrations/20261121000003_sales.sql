-- Orders, payments, tickets.
create table orders (
    id uuid primary key,
    -- Safe to read out; the provider's order id.
    number text not null constraint orders_number_unique unique,
    -- SHA-256 of the token that opens the order; the token itself is derived from the server's secret, never stored.
    token_digest bytea not null constraint orders_token_unique unique,
    -- The browser's cart, so that a double click or a second tab meets the same hold.
    cart_id uuid,
    lang text not null check (lang in ('ru', 'kk', 'en')),
    status text not null check (status in ('held', 'awaiting_payment', 'paid', 'completed', 'partly_refunded', 'refunded',
                                           'failed', 'expired', 'cancelled')),
    contact_name text,
    contact_phone text,
    contact_email text,
    total bigint not null check (total >= 0),
    currency text not null default 'KZT' check (currency = 'KZT'),
    placed_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > placed_at),
    paid_at timestamptz,
    closed_at timestamptz,
    failure text,
    late_money_returned boolean not null default false,
    documents_at timestamptz,
    constraint orders_paid_has_contact check
        (status in ('held', 'expired', 'cancelled') or (contact_name is not null and contact_phone is not null and contact_email is not null)),
    constraint orders_paid_at check ((status in ('paid', 'completed', 'partly_refunded', 'refunded')) <= (paid_at is not null))
);
create index orders_expiring on orders (expires_at) where status in ('held', 'awaiting_payment');
create unique index orders_one_open_cart on orders (cart_id) where status = 'held';

create table order_lines (
    id uuid primary key,
    order_id uuid not null references orders,
    position int not null,
    departure_id uuid not null references departures,
    ticket_type_id uuid not null references ticket_types,
    listing_id uuid not null references listings,
    organisation_id uuid not null references organisations,
    quantity int not null check (quantity between 1 and 50),
    unit_price bigint not null check (unit_price >= 0),
    constraint order_lines_unique unique (order_id, departure_id, ticket_type_id)
);
create index order_lines_by_departure on order_lines (departure_id);

create table payments (
    id uuid primary key,
    order_id uuid not null references orders,
    provider text not null,
    provider_payment_id text,
    amount bigint not null check (amount > 0),
    status text not null check (status in ('created', 'pending', 'succeeded', 'failed', 'returning', 'returned')),
    redirect_url text,
    -- The lifetime that the provider was told.
    expires_at timestamptz not null,
    created_at timestamptz not null,
    settled_at timestamptz,
    -- Status polling: when next, and how often so far.
    next_poll_at timestamptz,
    polls int not null default 0,
    constraint payments_provider_unique unique (provider, provider_payment_id)
);
create index payments_by_order on payments (order_id);
-- One live attempt an order: a double click must not open two payments.
create unique index payments_one_live on payments (order_id) where status in ('created', 'pending');
create unique index payments_one_success on payments (order_id) where status = 'succeeded';

-- Whatever a provider told us, accepted or not.
create table payment_events (
    id uuid primary key,
    payment_id uuid references payments,
    order_number text not null,
    source text not null check (source in ('callback', 'return', 'poll', 'expiry')),
    -- What was done about it.
    verdict text not null,
    payload jsonb not null,
    received_at timestamptz not null
);
create index payment_events_by_payment on payment_events (payment_id, received_at);

create table tickets (
    id uuid primary key,
    order_id uuid not null references orders,
    order_line_id uuid not null references order_lines,
    departure_id uuid not null references departures,
    organisation_id uuid not null references organisations,
    ticket_type_id uuid not null references ticket_types,
    -- From 1 within the order.
    position int not null check (position >= 1),
    code text not null constraint tickets_code_unique unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{12}$'),
    status text not null check (status in ('issued', 'activated', 'void')),
    holder_name text not null,
    activated_at timestamptz,
    activated_by text,
    constraint tickets_position_unique unique (order_id, position),
    constraint tickets_activated check ((status = 'activated') = (activated_at is not null and activated_by is not null))
-- Room for the ticket's second version on its own page: then no index hears of it.
) with (fillfactor = 80);
create index tickets_by_departure on tickets (departure_id, organisation_id);

-- `issued → activated` for one ticket, or for all of its order on that departure, and `paid → completed` for an order whose
-- last ticket that was; returns how many. One call, for a gate asks by the second. Two phones at once: the order's lock lets
-- one of them find the ticket issued, and the later one see that it was the last.
create function activate_tickets(of_organisation uuid, of_order uuid, of_departure uuid, one uuid, whole_order bool,
                                 name text, moment timestamptz, tells text) returns int language plpgsql as $$
declare
    used int;
begin
    perform from orders where id = of_order for update;
    update tickets set status = 'activated', activated_at = moment, activated_by = name
    where organisation_id = of_organisation and order_id = of_order and departure_id = of_departure
      and (whole_order or id = one) and status = 'issued';
    get diagnostics used = row_count;
    if used > 0 then
        update orders set status = 'completed'
        where id = of_order and status = 'paid' and not exists (select from tickets where order_id = of_order and status = 'issued');
        insert into news (payload) values (tells);
    end if;
    return used;
end $$;

-- Double entry: the postings of one entry sum to zero, which the trigger below holds.
create table ledger_entries (
    id uuid primary key,
    -- What caused it, once: "order:…:paid".
    reason text not null constraint ledger_entries_once unique,
    order_id uuid references orders,
    created_at timestamptz not null
);
create table ledger_postings (
    entry_id uuid not null references ledger_entries,
    -- "provider" (money at the payment provider) or "partner:<organisation id>" (what we owe it).
    account text not null,
    amount bigint not null check (amount <> 0),
    primary key (entry_id, account)
);
create index ledger_postings_by_account on ledger_postings (account);
create function ledger_entry_balances() returns trigger language plpgsql as $$
begin
    if (select coalesce(sum(amount), 0) from ledger_postings where entry_id = new.entry_id) <> 0 then
        raise exception 'ledger entry % does not sum to zero', new.entry_id using errcode = 'check_violation', constraint = 'ledger_entry_balances';
    end if;
    return null;
end $$;
create constraint trigger ledger_entry_balances after insert or update on ledger_postings
    deferrable initially deferred for each row execute function ledger_entry_balances();
