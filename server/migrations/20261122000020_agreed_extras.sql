-- What was handed over when an order moved to dearer places: a further move asks only for what is still missing.
alter table order_lines
    -- Of the whole line, beside what it was sold for. One line's may be negative where another's was dearer; a departure's sum
    -- is what its moves brought in.
    add column extra bigint not null default 0,
    add constraint order_lines_agreed check (quantity * unit_price + extra >= 0);

-- Of an order on one departure all its history is about the same lines. Where there are more, nobody knows which.
update order_lines line set extra = handed.extra
from (select order_id, organisation_id, sum((what #>> '{moved,difference}')::bigint)::bigint as extra from order_events
      where what ? 'moved' and (what #>> '{moved,difference}')::bigint > 0 group by 1, 2) handed
where line.order_id = handed.order_id and line.organisation_id = handed.organisation_id
  and not exists (select from order_lines other
                  where other.order_id = line.order_id and other.organisation_id = line.organisation_id
                    and (other.departure_id <> line.departure_id or other.position < line.position));

-- A line keeps what it was sold for, wherever it goes.
create function order_lines_keep_price() returns trigger language plpgsql as $$
begin
    raise exception 'line % was sold for %', old.id, old.unit_price using errcode = 'check_violation', constraint = 'order_lines_keep_price';
end $$;
create trigger order_lines_keep_price before update of unit_price on order_lines
    for each row when (new.unit_price <> old.unit_price) execute function order_lines_keep_price();

-- No move gives money back, so none makes what was handed over less.
create function order_lines_keep_extra() returns trigger language plpgsql as $$
begin
    if exists (select from (select order_id, sum(extra) as extra from were group by 1) w
               join (select order_id, sum(extra) as extra from became group by 1) b using (order_id) where b.extra < w.extra) then
        raise exception 'less was handed over than before' using errcode = 'check_violation', constraint = 'order_lines_keep_extra';
    end if;
    return null;
end $$;
create trigger order_lines_keep_extra after update on order_lines
    referencing old table as were new table as became for each statement execute function order_lines_keep_extra();
