-- Organisations, people and how they prove who they are.
create table organisations (
    id uuid primary key,
    slug text not null constraint organisations_slug_unique unique check (slug ~ '^[a-z0-9-]{2,80}$'),
    kind text not null check (kind in ('partner', 'distributor')),
    status text not null check (status in ('draft', 'awaiting_call', 'active', 'blocked')),
    name text not null check (length(name) between 2 and 120),
    about_ru text not null default '',
    about_kk text not null default '',
    about_en text not null default '',
    city_id uuid,
    phone text not null,
    email text not null,
    founded int,
    created_at timestamptz not null
);

create table accounts (
    id uuid primary key,
    email text not null check (email = lower(email)),
    name text not null,
    password_hash text not null,
    created_at timestamptz not null,
    constraint accounts_email_unique unique (email)
);

create table members (
    organisation_id uuid not null references organisations,
    account_id uuid not null references accounts,
    role text not null check (role in ('owner', 'manager', 'accountant', 'seller', 'gate')),
    created_at timestamptz not null,
    primary key (account_id, organisation_id)
);
create index members_by_organisation on members (organisation_id);

-- Only digests are kept: who reads the table cannot sign in.
create table sessions (
    token_digest bytea primary key,
    account_id uuid not null references accounts on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index sessions_by_account on sessions (account_id);
create index sessions_by_expiry on sessions (expires_at);

create table api_tokens (
    id uuid primary key,
    organisation_id uuid not null references organisations,
    name text not null,
    token_digest bytea not null constraint api_tokens_digest_unique unique,
    created_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz
);

-- Failed sign-ins by account and by address, to slow guessing down across all server processes.
create table sign_in_failures (
    subject text not null,
    failed_at timestamptz not null
);
create index sign_in_failures_by_subject on sign_in_failures (subject, failed_at);
