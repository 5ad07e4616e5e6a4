-- A draft of an organisation goes with its owner's account. A card that the provider keeps for it stays until the provider has
-- forgotten it, and nothing else of it does.
alter table payout_cards
    alter column organisation_id drop not null,
    drop constraint payout_cards_organisation_id_fkey,
    add constraint payout_cards_organisation_id_fkey foreign key (organisation_id) references organisations on delete set null,
    add constraint payout_cards_without_organisation check (organisation_id is not null or card_token is not null);
