-- Tours, ticket types and departures that partners bring in as a file. The file itself lies in the object store.
create table imports (
    id uuid primary key,
    organisation_id uuid not null references organisations,
    -- Faulty: something in it must be mended. Ready: checked, and waits for the word. Failed: nothing of it was written.
    state text not null check (state in ('faulty', 'ready', 'queued', 'running', 'done', 'failed', 'undone')),
    file_name text not null check (length(file_name) between 1 and 200),
    -- How much it brings.
    tours int not null check (tours >= 0),
    ticket_types int not null check (ticket_types >= 0),
    departures int not null check (departures >= 0),
    -- How many errors there are, and the first of them, as `CellError`s.
    error_count int not null check (error_count >= 0),
    errors jsonb not null,
    -- The first tours, as `ImportedTour`s.
    preview jsonb not null,
    -- How far a running one is, told from outside the transaction that does it: `done` of `total` steps.
    phase text check (phase in ('read', 'check', 'write')),
    done int not null default 0,
    total int not null default 0,
    created_by uuid references accounts on delete set null,
    created_at timestamptz not null,
    finished_at timestamptz,
    undone_by uuid references accounts on delete set null,
    undone_at timestamptz,
    constraint imports_faulty_has_errors check ((state = 'faulty') = (error_count > 0)),
    constraint imports_phase_while_running check (phase is null or state = 'running'),
    constraint imports_progress check (done between 0 and total),
    constraint imports_finished check (state not in ('done', 'undone') or finished_at is not null),
    constraint imports_undone check ((state = 'undone') = (undone_at is not null))
);
create index imports_of_organisation on imports (organisation_id, id desc);
-- Two at once would each be checked without the other.
create unique index imports_one_under_way on imports (organisation_id) where state in ('queued', 'running');
create index imports_by_account on imports (created_by);
create index imports_undone_by_account on imports (undone_by);

-- What an import made, so that it can be taken back.
create table import_items (
    import_id uuid not null references imports on delete cascade,
    listing_id uuid references listings on delete cascade,
    ticket_type_id uuid references ticket_types on delete cascade,
    departure_id uuid references departures on delete cascade,
    constraint import_items_one_thing check (num_nonnulls(listing_id, ticket_type_id, departure_id) = 1)
);
create index import_items_of_import on import_items (import_id);
create unique index import_items_listing on import_items (listing_id) where listing_id is not null;
create unique index import_items_ticket_type on import_items (ticket_type_id) where ticket_type_id is not null;
create unique index import_items_departure on import_items (departure_id) where departure_id is not null;

-- Whether anybody ordered of it, and that nobody did when it is deleted: without these each would be a walk through all orders.
create index order_lines_by_listing on order_lines (listing_id);
create index order_lines_by_ticket_type on order_lines (ticket_type_id);
create index tickets_by_ticket_type on tickets (ticket_type_id);
