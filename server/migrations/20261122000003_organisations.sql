-- Organisations from their first draft to the public, their members and followers.
alter table organisations
    -- BIN of a company or IIN of a sole trader.
    add column bin text check (bin ~ '^[0-9]{12}$'),
    add column contact_person text not null default '' check (length(contact_person) <= 100),
    add column address text not null default '' check (length(address) <= 200),
    -- Where money is paid out to.
    add column iban text check (iban ~ '^KZ[0-9]{5}[0-9A-Z]{13}$'),
    -- When all of it was sent; until then, and until the owner's e-mail is confirmed, it is a draft.
    add column submitted_at timestamptz,
    add column activated_at timestamptz,
    add column blocked_at timestamptz,
    -- A draft may lack anything; what was sent may not. (Whoever was there before drafts were has never sent any.)
    add constraint organisations_complete check (submitted_at is null or (
        bin is not null and iban is not null and city_id is not null
        and contact_person <> '' and phone <> '' and email <> '' and address <> '' and about_ru || about_kk || about_en <> '')),
    add constraint organisations_sent check (status <> 'awaiting_call' or submitted_at is not null);
-- A draft's BIN proves nothing, so it keeps nobody else's back.
create unique index organisations_bin_unique on organisations (bin) where status <> 'draft';
create index organisations_waiting on organisations (submitted_at, id) where status = 'awaiting_call';

-- An organisation has one owner, never two,
create unique index members_one_owner on members (organisation_id) where role = 'owner';
-- and never none again: ownership is handed over within one transaction.
create function members_keep_owner() returns trigger language plpgsql as $$
begin
    if not exists (select from members where organisation_id = old.organisation_id and role = 'owner') then
        raise exception 'an organisation needs its owner' using errcode = 'check_violation', constraint = 'members_keep_owner';
    end if;
    return null;
end $$;
create constraint trigger members_keep_owner after update or delete on members deferrable initially deferred
    for each row when (old.role = 'owner') execute function members_keep_owner();
drop index members_by_organisation;
create index members_by_organisation on members (organisation_id, created_at, account_id);

-- The organisation that was chosen in this session. It must be a membership: whoever is removed has it chosen no more.
alter table sessions add column organisation_id uuid;
alter table sessions add constraint sessions_membership foreign key (account_id, organisation_id)
    references members (account_id, organisation_id) on delete set null (organisation_id);
create index sessions_by_membership on sessions (account_id, organisation_id) where organisation_id is not null;

create table invitations (
    id uuid primary key,
    organisation_id uuid not null references organisations,
    email text not null check (email = lower(email)),
    role text not null check (role in ('manager', 'accountant', 'seller', 'gate')),
    -- Of the mail.
    lang text not null check (lang in ('ru', 'kk', 'en')),
    token_digest bytea not null constraint invitations_digest_unique unique,
    invited_by uuid references accounts on delete set null,
    created_at timestamptz not null,
    sent_at timestamptz not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    accepted_by uuid references accounts on delete set null,
    revoked_at timestamptz,
    constraint invitations_one_end check (accepted_at is null or revoked_at is null)
);
create unique index invitations_open on invitations (organisation_id, email) where accepted_at is null and revoked_at is null;
create index invitations_by_organisation on invitations (organisation_id, created_at);
create index invitations_by_inviter on invitations (invited_by);
create index invitations_by_accepter on invitations (accepted_by);

create table follows (
    account_id uuid not null references accounts on delete cascade,
    organisation_id uuid not null references organisations,
    created_at timestamptz not null,
    primary key (account_id, organisation_id)
);
-- Followers are counted by it: a counter on the organisation would be one row that all of them wait for.
create index follows_by_organisation on follows (organisation_id);

-- "Published" means that its organisation is active, always: so no list, page, sitemap or search asks about organisations, and
-- none can forget to. Publishing checks it here, blocking hides and activation shows again below; whoever publishes holds the
-- organisation's row, so that nobody blocks it in between.
alter table listings add column hidden_by_block boolean not null default false;
update listings l set status = 'paused', hidden_by_block = true
from organisations o where o.id = l.organisation_id and o.status <> 'active' and l.status = 'published';
create function listing_is_published() returns trigger language plpgsql as $$
begin
    perform from organisations where id = new.organisation_id and status = 'active' for share;
    if not found then
        raise exception 'the organisation is not active'
            using errcode = 'check_violation', constraint = 'listings_of_active_organisations';
    end if;
    return new;
end $$;
create trigger listing_is_published before insert on listings
    for each row when (new.status = 'published') execute function listing_is_published();
create trigger listing_becomes_published before update of status, organisation_id on listings
    for each row when (new.status = 'published' and (old.status <> 'published' or old.organisation_id <> new.organisation_id))
    execute function listing_is_published();
create function organisation_hides_listings() returns trigger language plpgsql as $$
begin
    if new.status = 'active' then
        update listings set status = 'published', hidden_by_block = false
        where organisation_id = new.id and status = 'paused' and hidden_by_block;
    else
        update listings set status = 'paused', hidden_by_block = true where organisation_id = new.id and status = 'published';
    end if;
    return null;
end $$;
create trigger organisation_hides_listings after update of status on organisations
    for each row when ((old.status = 'active') <> (new.status = 'active')) execute function organisation_hides_listings();
-- The operator's queue.
create index listings_waiting on listings (updated_at, id) where status = 'in_review';

-- What was sent before the owner's e-mail was confirmed waits for the call from then on. Here, for there are several ways to
-- confirm an address. A BIN that is registered already keeps it a draft: its page says what to do.
create function owner_is_confirmed() returns trigger language plpgsql as $$
begin
    update organisations o set status = 'awaiting_call'
    from members m
    where m.account_id = new.id and m.role = 'owner' and o.id = m.organisation_id and o.status = 'draft' and o.submitted_at is not null
      and not exists (select from organisations other where other.bin = o.bin and other.status <> 'draft');
    return null;
exception when unique_violation then
    -- Somebody with the same BIN was faster by a moment.
    return null;
end $$;
create trigger owner_is_confirmed after update of email_confirmed_at on accounts
    for each row when (old.email_confirmed_at is null and new.email_confirmed_at is not null) execute function owner_is_confirmed();
