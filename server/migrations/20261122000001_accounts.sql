-- Accounts of people: what they prove, how they sign in, what they tell of themselves.
alter table accounts
    add column lang text not null default 'ru' check (lang in ('ru', 'kk', 'en')),
    -- E.164.
    add column phone text check (phone ~ '^\+[1-9][0-9]{7,14}$'),
    add column email_confirmed_at timestamptz,
    add column phone_confirmed_at timestamptz,
    add constraint accounts_phone_confirmed check (phone_confirmed_at is null or phone is not null);
-- Whoever has proven an address owns it; before that any number of people may have typed it, for no answer may reveal that
-- it is known.
alter table accounts drop constraint accounts_email_unique;
create unique index accounts_email_unique on accounts (email) where email_confirmed_at is not null;
create unique index accounts_phone_unique on accounts (phone) where phone_confirmed_at is not null;
create index accounts_unconfirmed on accounts (created_at) where email_confirmed_at is null;
