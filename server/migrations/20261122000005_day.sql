-- The partner's day: its orders, cash sales, places sold elsewhere, what happened to an order.
create extension if not exists btree_gin;

alter table orders
    -- Who took the money: the platform by a provider, or the partner at its counter.
    add column channel text not null default 'online' check (channel in ('online', 'cash')),
    -- Who sold it at the counter; null for a program.
    add column sold_by uuid references accounts,
    -- Made by the page that sells, so that a second tap, or a repeat after a lost answer, finds the first sale.
    add column sale_key uuid constraint orders_sale_once unique,
    -- Counts on whenever what is printed of it changes: documents of an older count are not shown.
    add column papers int not null default 0,
    add constraint orders_cash_sale check ((channel = 'cash') = (sale_key is not null));
-- At the counter nobody has to say who they are.
alter table orders drop constraint orders_paid_has_contact;
alter table orders add constraint orders_paid_has_contact check
    (status in ('held', 'expired', 'cancelled') or channel = 'cash'
     or (contact_name is not null and contact_phone is not null and contact_email is not null));

-- Places sold outside of Sapar (by phone, at a kiosk): taken, but without tickets. Of the departure only, for nobody
-- outside knows our ticket types.
alter table stock
    add column elsewhere int not null default 0 constraint stock_elsewhere_positive check (elsewhere >= 0),
    add constraint stock_elsewhere_of_departure check (elsewhere = 0 or ticket_type_id is null),
    drop constraint stock_within_capacity,
    add constraint stock_within_capacity check (held + sold + elsewhere <= capacity);
create or replace function stock_tells_departure() returns trigger language plpgsql as $$
begin
    update departures set places_left = least(50, new.capacity - new.held - new.sold - new.elsewhere) where id = new.departure_id;
    if tg_op = 'UPDATE' and (new.held + new.sold + new.elsewhere < new.capacity)
                         <> (old.held + old.sold + old.elsewhere < old.capacity) then
        insert into listings_to_roll select listing_id from departures where id = new.departure_id;
    end if;
    return null;
end $$;
drop trigger stock_changes on stock;
create trigger stock_changes after update on stock
    for each row when (new.ticket_type_id is null
                       and least(50, new.capacity - new.held - new.sold - new.elsewhere)
                        <> least(50, old.capacity - old.held - old.sold - old.elsewhere))
    execute function stock_tells_departure();
create table stock_events (
    id bigint generated always as identity primary key,
    departure_id uuid not null references departures,
    at timestamptz not null,
    by_name text not null,
    -- Places sold elsewhere, before and after.
    was int not null check (was >= 0),
    became int not null check (became >= 0 and became <> was)
);
create index stock_events_by_departure on stock_events (departure_id, at desc, id desc);

-- What happened to an order, for whoever answers its customer.
create table order_events (
    id bigint generated always as identity primary key,
    order_id uuid not null references orders,
    -- Whose members may read it; null: those of every organisation in the order.
    organisation_id uuid references organisations,
    at timestamptz not null,
    -- Null: the customer, or the house itself.
    by_name text,
    -- `sapar_shared::dto::desk::Happening`.
    what jsonb not null check (jsonb_typeof(what) in ('string', 'object'))
);
create index order_events_by_order on order_events (order_id, at, id);

-- Each organisation's part of each order: its list of orders is one look at one index, whatever all the others sell. Kept by
-- the triggers below.
create table organisation_orders (
    order_id uuid not null references orders,
    organisation_id uuid not null references organisations,
    placed_at timestamptz not null,
    status text not null,
    channel text not null,
    -- Of its own lines.
    listing_ids uuid[] not null,
    total bigint not null,
    primary key (order_id, organisation_id)
) with (fillfactor = 80);
-- It carries what the filters and the day's sums ask about, so that passing over rows costs no visit to the table.
create index organisation_orders_newest on organisation_orders (organisation_id, placed_at desc, order_id desc)
    include (status, channel, listing_ids, total);
create index organisation_orders_unpaid on organisation_orders (organisation_id) where status in ('held', 'awaiting_payment');
-- Folded words that a search looks for: the contact's name, the digits of the phone, the number. Apart, for an order's state
-- changes often and its words once.
create table organisation_order_words (
    order_id uuid not null references orders,
    organisation_id uuid not null references organisations,
    words text not null,
    primary key (order_id, organisation_id)
);
create index organisation_order_words_find on organisation_order_words using gin (organisation_id, words gin_trgm_ops);

create function order_words(name text, phone text, number text) returns text language sql immutable parallel safe as $$
    select ' ' || folded(coalesce(name, '')) || ' ' || regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g') || ' ' || lower(number)
$$;
create function order_parts(of_orders uuid[]) returns void language sql as $$
    insert into organisation_orders (order_id, organisation_id, placed_at, status, channel, listing_ids, total)
    select o.id, line.organisation_id, o.placed_at, o.status, o.channel, array_agg(distinct line.listing_id),
           sum(line.quantity * line.unit_price)
    from order_lines line join orders o on o.id = line.order_id
    where o.id = any (of_orders)
    group by o.id, line.organisation_id
    on conflict (order_id, organisation_id) do update set listing_ids = excluded.listing_ids, total = excluded.total;
    -- A number alone is found by its own index.
    insert into organisation_order_words (order_id, organisation_id, words)
    select distinct o.id, line.organisation_id, order_words(o.contact_name, o.contact_phone, o.number)
    from order_lines line join orders o on o.id = line.order_id
    where o.id = any (of_orders) and (o.contact_name is not null or o.contact_phone is not null)
    on conflict (order_id, organisation_id) do update set words = excluded.words;
$$;
create function order_lines_tell() returns trigger language plpgsql as $$
begin
    perform order_parts((select array_agg(distinct order_id) from written));
    return null;
end $$;
create trigger order_lines_are_new after insert on order_lines
    referencing new table as written for each statement execute function order_lines_tell();
create function order_moves_on() returns trigger language plpgsql as $$
begin
    update organisation_orders set status = new.status where order_id = new.id;
    return null;
end $$;
create trigger order_moves_on after update of status on orders
    for each row when (new.status <> old.status) execute function order_moves_on();
create function order_has_contact() returns trigger language plpgsql as $$
begin
    insert into organisation_order_words (order_id, organisation_id, words)
    select new.id, part.organisation_id, order_words(new.contact_name, new.contact_phone, new.number)
    from organisation_orders part where part.order_id = new.id
    on conflict (order_id, organisation_id) do update set words = excluded.words;
    return null;
end $$;
create trigger order_has_contact after update of contact_name, contact_phone on orders
    for each row when ((new.contact_name, new.contact_phone) is distinct from (old.contact_name, old.contact_phone))
    execute function order_has_contact();
select order_parts(array(select id from orders));

-- Jobs that were given up, by what they were.
create index jobs_dead on jobs (name) where dead_at is not null;

-- As before, and with what the cabinet of the gate's organisation hears and reads of it.
create or replace function activate_tickets(of_organisation uuid, of_order uuid, of_departure uuid, one uuid, whole_order bool,
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
        insert into order_events (order_id, organisation_id, at, by_name, what)
        values (of_order, of_organisation, moment, name, jsonb_build_object('activated', jsonb_build_object('count', used)));
        -- The second is `kernel::events::Event::Sale`.
        insert into news (payload)
        select tells union all
        select format('sale %s %s %s', part.organisation_id, of_order, part.status) from organisation_orders part where part.order_id = of_order;
    end if;
    return used;
end $$;
