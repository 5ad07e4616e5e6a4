-- Erasure of accounts: what stays of a person's orders, and how what others keep of that person is found.

-- From then on the order says no longer whose it was. What bookkeeping must keep stays.
alter table orders add column erased_at timestamptz;
alter table orders drop constraint orders_paid_has_contact;
alter table orders add constraint orders_paid_has_contact check
    (status in ('held', 'expired', 'cancelled') or channel = 'cash' or erased_at is not null
     or (contact_name is not null and contact_phone is not null and contact_email is not null));
alter table orders add constraint orders_erased_has_no_contact check
    (erased_at is null or num_nonnulls(contact_phone, contact_email, account_id) = 0);

-- Whoever sold at the counter may go; without the index each account that is deleted would be a walk through all orders.
alter table orders drop constraint orders_sold_by_fkey;
alter table orders add constraint orders_sold_by_fkey foreign key (sold_by) references accounts on delete set null;
create index orders_by_seller on orders (sold_by) where sold_by is not null;

-- Where somebody was a member before: the organisation's records still name them.
create table past_members (
    account_id uuid not null references accounts on delete cascade,
    organisation_id uuid not null references organisations on delete cascade,
    primary key (account_id, organisation_id)
);
create index past_members_by_organisation on past_members (organisation_id);
create function member_leaves() returns trigger language plpgsql as $$
begin
    insert into past_members (account_id, organisation_id) values (old.account_id, old.organisation_id) on conflict do nothing;
    return null;
end $$;
create trigger member_leaves after delete on members for each row execute function member_leaves();

-- As before, but an organisation that goes altogether needs no owner.
create or replace function members_keep_owner() returns trigger language plpgsql as $$
begin
    if exists (select from organisations where id = old.organisation_id)
       and not exists (select from members where organisation_id = old.organisation_id and role = 'owner') then
        raise exception 'an organisation needs its owner' using errcode = 'check_violation', constraint = 'members_keep_owner';
    end if;
    return null;
end $$;
