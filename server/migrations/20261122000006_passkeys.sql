-- Passkeys: what a browser proves a person by without a password. Only public keys lie here.
create table passkeys (
    -- The authenticator's own name for it.
    id bytea primary key,
    account_id uuid not null references accounts on delete cascade,
    -- As the person calls the device.
    name text not null check (length(name) between 1 and 60),
    -- The public key, its counter and flags, in webauthn-rs's own form.
    credential jsonb not null,
    created_at timestamptz not null,
    last_used_at timestamptz
);
create index passkeys_by_account on passkeys (account_id, created_at);

-- What was asked of a browser and is not answered yet; gone with its answer.
create table passkey_challenges (
    id uuid primary key,
    -- Whose new key it is about; null: somebody signs in, and nobody knows yet who.
    account_id uuid references accounts on delete cascade,
    state jsonb not null,
    expires_at timestamptz not null
);
create index passkey_challenges_by_account on passkey_challenges (account_id);
create index passkey_challenges_expiring on passkey_challenges (expires_at);
