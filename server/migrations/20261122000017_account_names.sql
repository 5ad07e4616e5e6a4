-- What an account is called may be changed and taken back, and texts that people type are bounded here, too.

-- Null: the consent was withdrawn. `name` stays not null: then it is the e-mail, so whoever shows a name has something to show,
-- also a process of the version before.
alter table accounts add column name_agreed_at timestamptz;
update accounts set name_agreed_at = created_at;

-- Names that a member had before: the organisation's records still say them, so erasing must know them.
create table past_names (
    account_id uuid not null references accounts on delete cascade,
    name text not null,
    primary key (account_id, name)
);
create function name_goes() returns trigger language plpgsql as $$
begin
    insert into past_names (account_id, name) select old.id, old.name
    where exists (select from members where account_id = old.id) or exists (select from past_members where account_id = old.id)
    on conflict do nothing;
    return null;
end $$;
create trigger name_goes after update on accounts
    for each row when (old.name is distinct from new.name) execute function name_goes();

-- With the account comes the consent, for its form asks for the name.
create function accounts_called() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        new.name_agreed_at := coalesce(new.name_agreed_at, new.created_at);
    end if;
    if new.name_agreed_at is null then
        new.name := new.email;
    end if;
    return new;
end $$;
create trigger accounts_called before insert or update of name, email, name_agreed_at on accounts
    for each row execute function accounts_called();
update accounts set name = btrim(left(btrim(regexp_replace(name, '[[:space:][:cntrl:]]+', ' ', 'g')), 100))
where name ~ '[[:cntrl:]]' or name <> btrim(name) or length(name) > 100;
update accounts set name = email, name_agreed_at = null where length(name) < 2;
alter table accounts
    add constraint accounts_name_bounds check
        (name = email or (length(name) between 2 and 100 and name = btrim(name) and name !~ '[[:cntrl:]]')),
    add constraint accounts_name_agreed check (name_agreed_at is not null or name = email);

with clean as (
    select account_id, btrim(left(btrim(regexp_replace(city, '[[:space:][:cntrl:]]+', ' ', 'g')), 80)) as city
    from profiles where city ~ '[[:cntrl:]]' or city <> btrim(city))
update profiles p set city = case when length(c.city) >= 2 then c.city end,
                      city_agreed_at = case when length(c.city) >= 2 then p.city_agreed_at end
from clean c where c.account_id = p.account_id;
alter table profiles add constraint profiles_city_clean check (city = btrim(city) and city !~ '[[:cntrl:]]');

update passkeys set name = coalesce(nullif(btrim(regexp_replace(name, '[[:space:][:cntrl:]]+', ' ', 'g')), ''), 'Passkey')
where name ~ '[[:cntrl:]]' or name <> btrim(name);
alter table passkeys add constraint passkeys_name_clean check (name = btrim(name) and name !~ '[[:cntrl:]]');
