-- Cards that money is paid out to, entered at the payment provider's own page: each row is one request for such a page, and what
-- came of it. No number of a card is ever here, only what the provider gives instead of it.
create table payout_cards (
    id uuid primary key,
    organisation_id uuid not null references organisations,
    -- Whoever asked. The card counts only as long as they may say where the money goes.
    requested_by uuid references accounts on delete set null,
    -- They had given their password anew.
    proven boolean not null,
    -- Of the token in the address that the provider reports to.
    token_digest bytea not null constraint payout_cards_digest_unique unique,
    provider text not null,
    -- Waiting: the page is open. Stored: the provider keeps the card. Failed: the bank said no. Given up: nobody waits for it.
    state text not null check (state in ('waiting', 'stored', 'failed', 'given_up')),
    -- What the provider calls the card; gone once the provider has removed it.
    card_token text check (length(card_token) between 1 and 200),
    brand text check (brand in ('visa', 'mastercard', 'unionpay', 'amex', 'mir', 'other')),
    last_four text check (last_four ~ '^[0-9]{4}$'),
    -- The last day of the month up to which it is good.
    expires_on date,
    created_at timestamptz not null,
    -- Of the page.
    expires_at timestamptz not null,
    decided_at timestamptz,
    removed_at timestamptz,
    constraint payout_cards_stored_has_card check (state <> 'stored' or num_nulls(brand, last_four, decided_at) = 0),
    constraint payout_cards_token_or_removed check (state <> 'stored' or (card_token is null) = (removed_at is not null)),
    constraint payout_cards_of_organisation unique (organisation_id, id)
);
-- One page at a time.
create unique index payout_cards_waiting on payout_cards (organisation_id) where state = 'waiting';
-- What came of the last request.
create index payout_cards_latest on payout_cards (organisation_id, created_at desc, id desc);
create index payout_cards_by_account on payout_cards (requested_by);

-- Where an organisation's money goes: to an account or to a card, never to both.
alter table organisations
    add column payout_card_id uuid,
    -- Of its own uploads; shown once its sizes are made.
    add column logo_id uuid,
    add constraint organisations_payout_card foreign key (id, payout_card_id) references payout_cards (organisation_id, id),
    add constraint organisations_one_payout check (num_nonnulls(iban, payout_card_id) <= 1),
    drop constraint organisations_complete,
    add constraint organisations_complete check (submitted_at is null or (
        bin is not null and num_nonnulls(iban, payout_card_id) = 1 and city_id is not null
        and contact_person <> '' and phone <> '' and email <> '' and address <> '' and about_ru || about_kk || about_en <> ''));
alter table uploads add constraint uploads_of_organisation unique (organisation_id, id);
alter table organisations
    add constraint organisations_logo foreign key (id, logo_id) references uploads (organisation_id, id);
create index organisations_by_payout_card on organisations (payout_card_id) where payout_card_id is not null;
create index organisations_by_logo on organisations (logo_id) where logo_id is not null;

-- Only a card that the provider keeps, only a picture that was sent as a logo.
create function organisation_refers_rightly() returns trigger language plpgsql as $$
begin
    if new.payout_card_id is not null and not exists (
        select from payout_cards where id = new.payout_card_id and state = 'stored' and card_token is not null) then
        raise exception 'no card is stored' using errcode = 'check_violation', constraint = 'organisations_card_is_stored';
    end if;
    if new.logo_id is not null and not exists (select from uploads where id = new.logo_id and purpose = 'logo') then
        raise exception 'no logo' using errcode = 'check_violation', constraint = 'organisations_logo_is_logo';
    end if;
    return new;
end $$;
create trigger organisation_refers_rightly before insert or update of payout_card_id, logo_id on organisations
    for each row when (new.payout_card_id is not null or new.logo_id is not null) execute function organisation_refers_rightly();
