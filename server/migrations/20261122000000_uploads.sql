-- Pictures that partners send. The file itself lies in the object store: as it was sent until its sizes are made, then as a
-- master that nobody outside is shown, and in its sizes under `key`.
create table uploads (
    id uuid primary key,
    organisation_id uuid not null references organisations,
    listing_id uuid references listings on delete cascade,
    purpose text not null check (purpose in ('listing', 'logo')),
    -- Waiting: its sizes are being made. Failed: it could not be read as a picture.
    state text not null check (state in ('waiting', 'ready', 'failed')),
    -- Counts the croppings: each makes sizes anew, under a key of their own, for browsers keep a key's files for ever.
    revision int not null default 0 check (revision >= 0),
    -- Of the sizes made last; those of the revision before while another is waited for.
    key text check (key ~ '^[a-z0-9-]+$'),
    widths int[] check (cardinality(widths) > 0),
    width int check (width > 0),
    height int check (height > 0),
    color text check (color ~ '^#[0-9a-f]{6}$'),
    -- What is shown of the master, in thousandths of its sides; null: all of it.
    crop_left int check (crop_left between 0 and 999),
    crop_top int check (crop_top between 0 and 999),
    crop_width int check (crop_width between 1 and 1000 - crop_left),
    crop_height int check (crop_height between 1 and 1000 - crop_top),
    -- Why it failed, in a word.
    error text,
    created_by uuid references accounts on delete set null,
    created_at timestamptz not null,
    -- Taken out of its listing: no longer counted. Its files stay, for what is published may show them.
    discarded_at timestamptz,
    constraint uploads_purpose_of_listing check ((purpose = 'listing') = (listing_id is not null)),
    constraint uploads_ready_has_files check (state <> 'ready' or num_nulls(key, widths, width, height, color) = 0),
    constraint uploads_failed_says_why check ((state = 'failed') = (error is not null)),
    constraint uploads_crop_is_whole check (num_nulls(crop_left, crop_top, crop_width, crop_height) in (0, 4))
);
create index uploads_of_listing on uploads (listing_id, id) where discarded_at is null;
create index uploads_waiting on uploads (organisation_id) where state = 'waiting';
-- For whoever erases an account.
create index uploads_by_account on uploads (created_by);
