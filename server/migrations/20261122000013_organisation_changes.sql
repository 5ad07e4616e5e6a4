-- Another name or BIN for an organisation that is past its call: its owner asks, a moderator answers.
create table organisation_changes (
    id uuid primary key,
    organisation_id uuid not null references organisations on delete cascade,
    requested_by uuid references accounts on delete set null,
    -- What is wanted; null where it stays.
    name text check (length(name) between 2 and 120),
    bin text check (bin ~ '^[0-9]{12}$'),
    -- What there was when it was asked for: what became of the organisation is read from these rows.
    name_was text not null,
    bin_was text,
    -- In the owner's words; goes with their account.
    reason text not null check (length(reason) <= 500),
    state text not null check (state in ('waiting', 'withdrawn', 'approved', 'rejected')),
    -- The moderator's, with a rejection.
    remark text check (length(remark) between 1 and 1000),
    created_at timestamptz not null,
    decided_at timestamptz,
    constraint organisation_changes_something check (num_nonnulls(name, bin) > 0),
    constraint organisation_changes_something_else check
        ((name is null or name <> name_was) and (bin is null or bin is distinct from bin_was)),
    constraint organisation_changes_decided check ((state = 'waiting') = (decided_at is null)),
    constraint organisation_changes_rejected_with_remark check ((state = 'rejected') = (remark is not null))
);
-- One at a time, which is also the moderator's queue.
create unique index organisation_changes_waiting on organisation_changes (organisation_id) where state = 'waiting';
create index organisation_changes_queue on organisation_changes (created_at, id) where state = 'waiting';
-- What came of the last one, and how often the name changed.
create index organisation_changes_latest on organisation_changes (organisation_id, created_at desc, id desc);
create index organisation_changes_by_account on organisation_changes (requested_by);

-- Before activation one changes both oneself.
create function organisation_change_is_asked() returns trigger language plpgsql as $$
begin
    perform from organisations where id = new.organisation_id and status in ('active', 'blocked') for share;
    if not found then
        raise exception 'the organisation is not past its call'
            using errcode = 'check_violation', constraint = 'organisation_changes_after_activation';
    end if;
    return new;
end $$;
create trigger organisation_change_is_asked before insert on organisation_changes
    for each row execute function organisation_change_is_asked();

-- What was decided stays decided, and what was asked stays what was asked.
create function organisation_changes_go_one_way() returns trigger language plpgsql as $$
begin
    raise exception 'this request is decided' using errcode = 'check_violation', constraint = 'organisation_changes_go_one_way';
end $$;
create trigger organisation_changes_go_one_way before update on organisation_changes
    for each row when ((old.state <> 'waiting' and old.state <> new.state)
        or (old.organisation_id, old.name, old.bin, old.name_was, old.bin_was)
           is distinct from (new.organisation_id, new.name, new.bin, new.name_was, new.bin_was))
    execute function organisation_changes_go_one_way();

-- Why it is blocked, in the moderator's words; whoever may edit the organisation reads it.
alter table organisations
    add column block_remark text check (length(block_remark) between 1 and 1000),
    add constraint organisations_remark_while_blocked check (block_remark is null or status = 'blocked');

-- Whose BIN it is where two say that it is theirs: a draft whose BIN is registered claims it, and a moderator looks. A BIN that was
-- another's stays with the blocked organisation for the record, and keeps nobody back any more.
alter table organisations
    add column bin_claimed_at timestamptz,
    add column bin_lost_at timestamptz,
    add constraint organisations_bin_lost_is_blocked check (bin_lost_at is null or status = 'blocked');
drop index organisations_bin_unique;
create unique index organisations_bin_unique on organisations (bin) where status <> 'draft' and bin_lost_at is null;
create index organisations_claiming on organisations (bin_claimed_at, id) where bin_claimed_at is not null and status = 'draft';
create or replace function owner_is_confirmed() returns trigger language plpgsql as $$
begin
    update organisations o set status = 'awaiting_call'
    from members m
    where m.account_id = new.id and m.role = 'owner' and o.id = m.organisation_id and o.status = 'draft' and o.submitted_at is not null
      and not exists (select from organisations other
                      where other.bin = o.bin and other.status <> 'draft' and other.bin_lost_at is null);
    return null;
exception when unique_violation then
    -- Somebody with the same BIN was faster by a moment.
    return null;
end $$;
