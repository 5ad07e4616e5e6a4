-- Places, listings, departures and what is sold for them.
create extension if not exists pg_trgm;

-- Russian letters for Kazakh ones, so that "Колсай" finds "Көлсай" and the other way round.
create function folded(input text) returns text language sql immutable parallel safe strict
    return translate(lower(input), 'әғқңөұүһіё', 'агкноуухие');

-- A text in the reader's language, in Russian where that one is missing.
create function in_lang(lang text, ru text, kk text, en text) returns text language sql immutable parallel safe
    return coalesce(nullif(case lang when 'kk' then kk when 'en' then en end, ''), ru);

create table places (
    id uuid primary key,
    parent_id uuid references places,
    kind text not null check (kind in ('country', 'region', 'city', 'point')),
    slug text not null constraint places_slug_unique unique,
    name_ru text not null,
    name_kk text not null,
    name_en text not null,
    lat_e6 int not null check (lat_e6 between -90000000 and 90000000),
    lng_e6 int not null check (lng_e6 between -180000000 and 180000000),
    -- The place itself and all that it lies in, from the country down: "everything in Almaty region" is one index look-up.
    path uuid[] not null check (path[cardinality(path)] = id)
);
create index places_by_path on places using gin (path);
alter table organisations add constraint organisations_city_fkey foreign key (city_id) references places;

create table categories (
    id uuid primary key,
    slug text not null constraint categories_slug_unique unique,
    icon text not null,
    position int not null,
    name_ru text not null,
    name_kk text not null,
    name_en text not null
);

create table listings (
    id uuid primary key,
    organisation_id uuid not null references organisations,
    kind text not null check (kind in ('tour', 'event', 'hotel', 'product')),
    status text not null check (status in ('draft', 'in_review', 'rejected', 'published', 'paused', 'archived')),
    slug text not null constraint listings_slug_unique unique check (slug ~ '^[a-z0-9-]{2,120}$'),
    place_id uuid not null references places,
    from_place_id uuid not null references places,
    -- Copies of both places' paths, so that filtering by place needs no join.
    place_path uuid[] not null,
    category_id uuid not null references categories,
    guide_languages text[] not null check (guide_languages <@ array['ru', 'kk', 'en']),
    duration_minutes int not null check (duration_minutes > 0),
    free_cancel_hours int not null check (free_cancel_hours >= 0),
    meeting_lat_e6 int not null,
    meeting_lng_e6 int not null,
    -- Kept by the catalogue when ticket types or departures change; what lists sort and filter by.
    price_from bigint not null check (price_from >= 0),
    -- The first that has places; where none has, the first.
    next_departure_at timestamptz,
    -- The most places that a coming departure has, sold or not: who looks for more need not look at its stock.
    largest_departure int not null default 0,
    sold_count bigint not null default 0,
    search tsvector not null default ''::tsvector,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
-- One index for each order of the results page. They carry what the filters ask about, so that passing over the rows that
-- do not match costs no visit to the table.
create index listings_popular on listings (kind, sold_count desc, id desc)
    include (duration_minutes, price_from, largest_departure, category_id, guide_languages, place_path)
    where status = 'published';
-- What runs no more comes last.
create index listings_soonest on listings (kind, coalesce(next_departure_at, 'infinity'), id)
    include (next_departure_at, duration_minutes, price_from, largest_departure, category_id, guide_languages, place_path)
    where status = 'published';
create index listings_cheap on listings (kind, price_from, id)
    include (duration_minutes, largest_departure, category_id, guide_languages, place_path)
    where status = 'published';
create index listings_departing on listings (next_departure_at);
create index listings_by_place on listings using gin (place_path) where status = 'published';
create index listings_popular_in_category on listings (kind, category_id, sold_count desc, id desc) where status = 'published';
create index listings_popular_in_place on listings (kind, place_id, sold_count desc, id desc) where status = 'published';
create index listings_popular_of_partner on listings (organisation_id, kind, sold_count desc, id desc) where status = 'published';
create index listings_by_organisation on listings (organisation_id, id);
create index listings_search on listings using gin (search);

-- Every folded word of titles and names, so that a mistyped one finds the nearest. Trigrams over this small vocabulary
-- cost a millisecond where trigrams over all listings' texts cost hundreds.
create table search_words (
    word text primary key
);
create index search_words_near on search_words using gist (word gist_trgm_ops (siglen = 64));

create table listing_texts (
    listing_id uuid not null references listings on delete cascade,
    lang text not null check (lang in ('ru', 'kk', 'en')),
    title text not null check (length(title) between 3 and 120),
    summary text not null,
    description text not null,
    included text[] not null,
    excluded text[] not null,
    -- [{"day": 1, "time": "06:00", "text": "…"}]
    programme jsonb not null,
    meeting text not null,
    primary key (listing_id, lang)
);

create table pictures (
    id uuid primary key,
    listing_id uuid not null references listings on delete cascade,
    position int not null,
    key text not null,
    widths int[] not null check (cardinality(widths) > 0),
    width int not null check (width > 0),
    height int not null check (height > 0),
    color text not null check (color ~ '^#[0-9a-f]{6}$'),
    alt_ru text not null,
    alt_kk text not null,
    alt_en text not null,
    constraint pictures_position_unique unique (listing_id, position) deferrable
);

create table ticket_types (
    id uuid primary key,
    listing_id uuid not null references listings,
    position int not null,
    name_ru text not null,
    name_kk text not null,
    name_en text not null,
    price bigint not null check (price >= 0),
    -- Of each departure; null: only the departure's capacity limits it.
    quota int check (quota >= 0),
    min_per_order int not null default 1 check (min_per_order >= 1),
    max_per_order int not null check (max_per_order >= min_per_order),
    -- Sales close so many minutes before the start.
    closes_minutes_before int not null default 0 check (closes_minutes_before >= 0),
    archived_at timestamptz
);
create index ticket_types_by_listing on ticket_types (listing_id, position);

-- "Each Saturday and Sunday at 06:00 from … till … except …": departures are made from it.
create table departure_rules (
    id uuid primary key,
    listing_id uuid not null references listings,
    weekdays int[] not null check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7] and cardinality(weekdays) > 0),
    start_time time not null,
    first_day date not null,
    last_day date not null check (last_day >= first_day),
    except_days date[] not null default '{}',
    capacity int not null check (capacity > 0)
);

create table departures (
    id uuid primary key,
    listing_id uuid not null references listings,
    organisation_id uuid not null references organisations,
    rule_id uuid references departure_rules,
    starts_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > starts_at),
    status text not null default 'scheduled' check (status in ('scheduled', 'cancelled')),
    -- The free places as far as a search asks for them, by the triggers below: so a search by dates looks at indexes only,
    -- and a big departure's row rests until its last places are sold.
    places_left int not null default 0 check (places_left <= 50),
    constraint departures_unique_start unique (listing_id, starts_at)
);
create index departures_by_organisation on departures (organisation_id, starts_at, id);
create index departures_by_start on departures (starts_at) include (listing_id, places_left) where status = 'scheduled';
create index departures_of_listing on departures (listing_id, starts_at) include (places_left) where status = 'scheduled';

-- The listing's next departure: the first that has places, or else the first.
create function next_departure(of_listing uuid, moment timestamptz) returns timestamptz language sql stable as $$
    select coalesce((select min(starts_at) from departures
                     where listing_id = of_listing and status = 'scheduled' and starts_at > moment and places_left > 0),
                    (select min(starts_at) from departures
                     where listing_id = of_listing and status = 'scheduled' and starts_at > moment))
$$;

-- Stock: one counter for a departure's places and one for each ticket type that has a quota on it.
-- Whoever takes or gives back places locks the rows in the order of their ids.
create table stock (
    id uuid primary key,
    departure_id uuid not null references departures,
    -- Null: the departure itself.
    ticket_type_id uuid references ticket_types,
    capacity int not null constraint stock_capacity_positive check (capacity >= 0),
    held int not null default 0 constraint stock_held_positive check (held >= 0),
    sold int not null default 0 constraint stock_sold_positive check (sold >= 0),
    constraint stock_within_capacity check (held + sold <= capacity),
    constraint stock_unique unique nulls not distinct (departure_id, ticket_type_id)
) with (fillfactor = 50);
create index stock_of_departures on stock (departure_id) where ticket_type_id is null;
-- Listings of which a departure was sold out or has places again: their next departure is another one. Only a note, for
-- whoever sells holds the stock and must not wait for a listing.
create table listings_to_roll (
    listing_id uuid not null
);
-- Whoever changes a counter has locked it, so that the copy changes in the same order.
create function stock_tells_departure() returns trigger language plpgsql as $$
begin
    update departures set places_left = least(50, new.capacity - new.held - new.sold) where id = new.departure_id;
    if tg_op = 'UPDATE' and (new.held + new.sold < new.capacity) <> (old.held + old.sold < old.capacity) then
        insert into listings_to_roll select listing_id from departures where id = new.departure_id;
    end if;
    return null;
end $$;
create trigger stock_is_new after insert on stock
    for each row when (new.ticket_type_id is null) execute function stock_tells_departure();
create trigger stock_changes after update on stock
    for each row when (new.ticket_type_id is null
                       and least(50, new.capacity - new.held - new.sold) <> least(50, old.capacity - old.held - old.sold))
    execute function stock_tells_departure();
