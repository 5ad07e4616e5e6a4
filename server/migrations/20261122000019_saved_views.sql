-- Filters of the list of orders that a member keeps under a name. What is searched for is no part of them: names and phones of
-- customers would outlive their erasure there.

-- The same index as before, as a key: a view names none but its organisation's own listing.
drop index listings_by_organisation;
alter table listings add constraint listings_by_organisation unique (organisation_id, id);

create table saved_views (
    id uuid primary key,
    account_id uuid not null,
    organisation_id uuid not null,
    -- Which of the member's own it is: no more than these.
    place smallint not null check (place between 1 and 20),
    name text not null check (length(name) between 1 and 40 and name = btrim(name)),
    status text check (status in ('open', 'paid', 'returned', 'ended')),
    channel text check (channel in ('online', 'cash')),
    listing_id uuid,
    -- Of departure, in Almaty.
    day date,
    created_at timestamptz not null,
    constraint saved_views_narrow check (num_nonnulls(status, channel, listing_id, day) > 0),
    constraint saved_views_place unique (account_id, organisation_id, place),
    constraint saved_views_member foreign key (account_id, organisation_id)
        references members (account_id, organisation_id) on delete cascade,
    -- Without its tour it would be a view of something else.
    constraint saved_views_listing foreign key (organisation_id, listing_id)
        references listings (organisation_id, id) on delete cascade
);
create unique index saved_views_name on saved_views (account_id, organisation_id, lower(name));
create index saved_views_by_listing on saved_views (organisation_id, listing_id) where listing_id is not null;
