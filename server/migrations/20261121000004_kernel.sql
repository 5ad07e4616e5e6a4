-- Jobs: rows written in the same transaction as what caused them; run at least once.
create table jobs (
    id uuid primary key,
    name text not null,
    -- Whatever must happen once has one key.
    key text not null,
    payload jsonb not null,
    run_at timestamptz not null,
    attempts int not null default 0,
    leased_until timestamptz,
    last_error text,
    created_at timestamptz not null,
    -- Given up after its last attempt: an admin decides.
    dead_at timestamptz,
    constraint jobs_key_unique unique (name, key)
) with (fillfactor = 70);
create index jobs_due on jobs (run_at, id) where dead_at is null;

-- News on their way to LISTEN, see `kernel::events`. Whoever listens looks at everything anew after a crash, so they need not
-- survive one.
create unlogged table news (
    payload text not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- What was sent to whom, once: the sender looks here before it sends.
create table deliveries (
    key text primary key,
    channel text not null check (channel in ('mail', 'sms')),
    provider_id text,
    sent_at timestamptz not null
);

-- Answers of requests that carried an Idempotency-Key.
create table idempotency_keys (
    scope text not null,
    key text not null,
    request_digest bytea not null,
    -- Null while the first request is in flight.
    status int,
    body jsonb,
    started_at timestamptz not null,
    primary key (scope, key)
) with (fillfactor = 60);
create index idempotency_keys_by_age on idempotency_keys (started_at);
