-- Lists that stay quick with a million orders.

-- What a search looks for lies in the list's own index, too. What few orders match is found by trigrams
-- (`organisation_order_words`); of what very many do, the newest are met soon by walking down the list, which then costs no
-- visit to any table.
alter table organisation_orders add column words text not null default '';
-- No longer than a row of an index may be.
create or replace function order_words(name text, phone text, number text) returns text language sql immutable parallel safe as $$
    select ' ' || left(folded(coalesce(name, '')), 300) || ' ' || left(regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g'), 30)
           || ' ' || lower(number)
$$;
create or replace function order_parts(of_orders uuid[]) returns void language sql as $$
    insert into organisation_orders (order_id, organisation_id, placed_at, status, channel, listing_ids, total, words)
    select o.id, line.organisation_id, o.placed_at, o.status, o.channel, array_agg(distinct line.listing_id),
           sum(line.quantity * line.unit_price),
           case when o.contact_name is null and o.contact_phone is null then ''
                else order_words(o.contact_name, o.contact_phone, o.number) end
    from order_lines line join orders o on o.id = line.order_id
    where o.id = any (of_orders)
    group by o.id, line.organisation_id
    on conflict (order_id, organisation_id)
    do update set listing_ids = excluded.listing_ids, total = excluded.total, words = excluded.words;
    -- A number alone is found by its own index.
    insert into organisation_order_words (order_id, organisation_id, words)
    select part.order_id, part.organisation_id, part.words from organisation_orders part
    where part.order_id = any (of_orders) and part.words <> ''
    on conflict (order_id, organisation_id) do update set words = excluded.words;
$$;
create or replace function order_has_contact() returns trigger language plpgsql as $$
begin
    update organisation_orders set words = order_words(new.contact_name, new.contact_phone, new.number) where order_id = new.id;
    insert into organisation_order_words (order_id, organisation_id, words)
    select part.order_id, part.organisation_id, part.words from organisation_orders part where part.order_id = new.id
    on conflict (order_id, organisation_id) do update set words = excluded.words;
    return null;
end $$;
update organisation_orders part set words = known.words
from organisation_order_words known
where known.order_id = part.order_id and known.organisation_id = part.organisation_id;
drop index organisation_orders_newest;
create index organisation_orders_newest on organisation_orders (organisation_id, placed_at desc, order_id desc)
    include (status, channel, listing_ids, total, words);
-- An index alone answers only where nothing has changed since the last sweep.
alter table organisation_orders set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
-- Whose orders a departure has, without a look at their lines.
drop index order_lines_by_departure;
create index order_lines_by_departure on order_lines (departure_id) include (order_id);
-- Open invitations, the latest first; those that ended are many after some years.
create index invitations_open_newest on invitations (organisation_id, created_at desc, id desc)
    where accepted_at is null and revoked_at is null;
