-- What people prove, by which links and codes; their sessions, second step, profile, and the orders that are theirs.

-- Whoever had an account before there were proofs got it from the operator.
update accounts set email_confirmed_at = created_at where email_confirmed_at is null;
create index accounts_by_email on accounts (email, created_at);

-- So that one can see where one is signed in, and end it there.
alter table sessions
    add column id uuid,
    add column user_agent text not null default '' check (length(user_agent) <= 300),
    add column address text not null default '' check (length(address) <= 64),
    add column last_seen_at timestamptz,
    -- The password was right and the second step is to come: it opens nothing else.
    add column half_open boolean not null default false;
update sessions set id = gen_random_uuid(), last_seen_at = created_at;
alter table sessions
    alter column id set not null,
    alter column last_seen_at set not null,
    add constraint sessions_id_unique unique (id);
drop index sessions_by_account;
create index sessions_by_account on sessions (account_id, last_seen_at);

-- A wish to have another address or number. Nothing changes before both sides have agreed.
create table contact_changes (
    id uuid primary key,
    account_id uuid not null references accounts on delete cascade,
    channel text not null check (channel in ('email', 'phone')),
    -- The confirmed one that it replaces; null where none was confirmed.
    old_value text,
    new_value text not null,
    old_agreed_at timestamptz,
    new_agreed_at timestamptz,
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at),
    constraint contact_changes_one_open unique (account_id, channel)
);
create index contact_changes_by_expiry on contact_changes (expires_at);

-- Links in mails. The token is derived from the id and the server's secret; the table keeps only its digest.
create table account_links (
    id uuid primary key,
    account_id uuid not null references accounts on delete cascade,
    kind text not null check (kind in ('confirm', 'reset', 'change_old', 'change_new')),
    change_id uuid references contact_changes on delete cascade,
    token_digest bytea not null constraint account_links_token_unique unique,
    -- Where the mail goes, and what the link proves.
    email text not null check (email = lower(email)),
    lang text not null check (lang in ('ru', 'kk', 'en')),
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at),
    used_at timestamptz,
    constraint account_links_change check ((kind in ('change_old', 'change_new')) = (change_id is not null))
);
create index account_links_by_account on account_links (account_id);
create index account_links_by_change on account_links (change_id) where change_id is not null;
create index account_links_by_expiry on account_links (expires_at);

-- Codes in messages, derived from the id like the links; not even a digest of six digits would keep a secret. A row is written
-- for every number that is typed, known or not.
create table sms_codes (
    id uuid primary key,
    phone text not null check (phone ~ '^\+[1-9][0-9]{7,14}$'),
    -- Null: to sign in.
    change_id uuid references contact_changes on delete cascade,
    lang text not null check (lang in ('ru', 'kk', 'en')),
    tries int not null default 0 check (tries between 0 and 5),
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at),
    used_at timestamptz
);
create index sms_codes_by_phone on sms_codes (phone, created_at);
create index sms_codes_by_change on sms_codes (change_id) where change_id is not null;
create index sms_codes_by_age on sms_codes (created_at);

-- The second step. The secret is derived from the seed.
create table totp (
    account_id uuid primary key references accounts on delete cascade,
    seed uuid not null,
    created_at timestamptz not null,
    -- Null while it is being set up.
    enabled_at timestamptz,
    -- The time step of the last code taken, so that each works once.
    last_step bigint,
    constraint totp_enabled_by_code check (enabled_at is null or last_step is not null)
);
create table recovery_codes (
    account_id uuid not null references totp on delete cascade,
    digest bytea not null,
    used_at timestamptz,
    primary key (account_id, digest)
);

-- What people tell of themselves, each with the moment they agreed to it; withdrawn is emptied.
create table profiles (
    account_id uuid primary key references accounts on delete cascade,
    birth_date date,
    birth_date_agreed_at timestamptz,
    city text check (length(city) between 2 and 80),
    city_agreed_at timestamptz,
    network text check (network in ('instagram', 'tiktok', 'telegram', 'whatsapp', 'youtube', 'facebook', 'vk', 'threads')),
    network_agreed_at timestamptz,
    languages text[] check (cardinality(languages) > 0 and languages <@ array['ru', 'kk', 'en', 'de', 'fr', 'tr', 'zh', 'uz', 'ky']),
    languages_agreed_at timestamptz,
    constraint profiles_agreed check (
        (birth_date is null) = (birth_date_agreed_at is null) and (city is null) = (city_agreed_at is null)
        and (network is null) = (network_agreed_at is null) and (languages is null) = (languages_agreed_at is null))
);

-- Orders of whoever has proven the address or number that they were made with.
alter table orders add column account_id uuid references accounts on delete set null;
create index orders_by_account on orders (account_id, id) where account_id is not null;
create index orders_to_join_by_email on orders (lower(contact_email)) where account_id is null and contact_email is not null;
create index orders_to_join_by_phone on orders (contact_phone) where account_id is null and contact_phone is not null;

-- Whose an order with this contact is: of whoever has proven the e-mail, else the number.
create function owner_of_contact(of_email text, of_phone text) returns uuid language sql stable as $$
    select coalesce((select id from accounts where email = lower(of_email) and email_confirmed_at is not null),
                    (select id from accounts where phone = of_phone and phone_confirmed_at is not null))
$$;
