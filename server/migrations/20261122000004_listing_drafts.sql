-- What partners edit of their listings before anybody else sees it.
create table listing_drafts (
    listing_id uuid primary key references listings on delete cascade,
    -- 0 is what was live before anybody edited it here.
    version int not null check (version >= 0),
    -- A `TourDraft`.
    content jsonb not null,
    -- The content that was approved last, for comparison; null before the first time.
    live jsonb,
    -- Null: a program.
    edited_by uuid references accounts on delete set null,
    edited_at timestamptz not null,
    -- It waits for review and may not be changed.
    submitted_at timestamptz,
    -- Approved before its organisation was active: becomes public together with it.
    approved_at timestamptz,
    -- The moderator's, of what was rejected.
    remark text check (length(remark) between 1 and 1000),
    constraint listing_drafts_one_stage check (num_nonnulls(submitted_at, approved_at, remark) <= 1)
);
create index listing_drafts_waiting on listing_drafts (submitted_at, listing_id) where submitted_at is not null;
create index listing_drafts_approved on listing_drafts (listing_id) where approved_at is not null;

-- The last versions, so that whoever saves upon an old one overwrites nobody.
create table listing_draft_versions (
    listing_id uuid not null references listing_drafts on delete cascade,
    version int not null,
    content jsonb not null,
    edited_by uuid references accounts on delete set null,
    edited_at timestamptz not null,
    primary key (listing_id, version)
);

-- The departure was called off: whoever waits for its counters takes nothing any more, and gets nothing for late money.
alter table stock add column closed boolean not null default false;
