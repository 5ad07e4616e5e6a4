-- The counter: sales that are taken back; and tours that nobody has approved in time.

-- `issued → activated | void`, and no way back: of a gate that lets somebody on and a counter that takes the sale back, the later
-- one is refused whatever the code does.
create function tickets_go_one_way() returns trigger language plpgsql as $$
begin
    raise exception 'ticket % is %', old.id, old.status using errcode = 'check_violation', constraint = 'tickets_go_one_way';
end $$;
create trigger tickets_go_one_way before update of status on tickets
    for each row when (old.status <> 'issued' and new.status <> old.status) execute function tickets_go_one_way();

-- Of an order that was given back no ticket is good.
create function orders_given_back_are_void() returns trigger language plpgsql as $$
begin
    if exists (select from tickets where order_id = new.id and status <> 'void') then
        raise exception 'order % has tickets', new.id using errcode = 'check_violation', constraint = 'orders_given_back_are_void';
    end if;
    return null;
end $$;
create constraint trigger orders_given_back_are_void after update of status on orders
    deferrable initially deferred for each row when (new.status = 'refunded' and old.status <> 'refunded')
    execute function orders_given_back_are_void();

-- What an organisation has planned and cannot sell yet.
create index listings_not_approved on listings (organisation_id, id) where status in ('draft', 'in_review', 'rejected');
