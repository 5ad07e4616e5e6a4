//! Millions of rows in minutes: indexes are built and references checked when all of it is there, as `pg_restore` does it. All
//! within one transaction: whoever fails leaves the schema as it was.
use sqlx::PgConnection;

/// Rows in bulk take longer than any page may, and indexes are built in memory. A plan that does not know how long an array is
/// takes it for ten rows.
pub(super) async fn take_your_time(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(
        "select set_config('statement_timeout', '0', true) as patience, set_config('work_mem', '256MB', true) as room,
                set_config('maintenance_work_mem', '512MB', true) as room_of_indexes,
                set_config('plan_cache_mode', 'force_custom_plan', true) as plans"
    )
    .fetch_one(conn)
    .await
    .map(drop)
}

/// Takes indexes, references and triggers off the big tables, and notes what they were.
pub(super) async fn open(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(
        r#"do $$
        declare
            big regclass[] := array['departures', 'stock', 'orders', 'order_lines', 'payments', 'tickets', 'organisation_orders',
                                    'organisation_order_words', 'order_events', 'ledger_entries', 'ledger_postings']::regclass[];
            step record;
        begin
            create temp table put_back (turn int not null, command text not null) on commit drop;
            for step in
                select format('drop index %s', i.indexrelid::regclass) as off, pg_get_indexdef(i.indexrelid) as back, 1 as turn
                from pg_index i
                where i.indrelid = any (big) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
                union all
                -- Keys of the two biggest, too, and those without any order; by the others the next statements find their way.
                select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname),
                       format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)),
                       case c.contype when 'f' then 2 else 3 end
                from pg_constraint c
                where c.contype = 'f' and (c.conrelid = any (big) or c.confrelid = any (big))
                   or c.contype in ('p', 'u') and (c.conrelid in ('departures'::regclass, 'stock'::regclass)
                        or c.conname in ('orders_token_unique', 'orders_number_unique', 'tickets_code_unique'))
                union all
                select format('alter table %s disable trigger %I', t.tgrelid::regclass, t.tgname),
                       format('alter table %s enable trigger %I', t.tgrelid::regclass, t.tgname), 4
                from pg_trigger t where t.tgrelid = any (big) and not t.tgisinternal
                order by turn
            loop
                execute step.off;
                insert into put_back (turn, command) values (step.turn, step.back);
            end loop;
        end $$"#
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Puts all of it back; a reference to nothing is refused here.
pub(super) async fn close(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(
        "do $$
        declare
            step record;
        begin
            -- Keys come before what refers to them.
            for step in select command from put_back order by turn <> 3, turn, command loop
                execute step.command;
            end loop;
        end $$"
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The planner must know what was written before it joins it.
pub(super) async fn analyze(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("analyze").execute(conn).await.map(drop)
}

pub(super) async fn analyze_orders(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("analyze orders, order_lines").execute(conn).await.map(drop)
}

pub(super) async fn analyze_departures(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("analyze departures, stock").execute(conn).await.map(drop)
}

/// What the database does by itself some minutes later, in the middle of a measurement. Not within a transaction.
pub(super) async fn vacuum(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("set statement_timeout = 0").execute(&mut *conn).await?;
    sqlx::query!("vacuum (analyze)").execute(conn).await.map(drop)
}
