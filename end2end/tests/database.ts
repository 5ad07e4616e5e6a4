// What only the database can do for a test: make time pass, and places scarce.
import postgres from 'postgres';

async function run(sql: string, values: (string | number)[]) {
  const url = new URL(process.env.DATABASE_URL ?? '');
  // A unix socket's folder stands in the query.
  const db = postgres({ user: url.username, database: url.pathname.slice(1), host: url.searchParams.get('host') ?? url.hostname, max: 1 });
  try {
    const { count } = await db.unsafe(sql, values);
    if (!count) throw new Error(`nothing was changed by: ${sql}`);
  } finally {
    await db.end();
  }
}

/** The hour of the hold has passed. */
export const letExpire = (number: string) =>
  run("update orders set expires_at = now() - interval '1 second' where number = $1", [number]);

/** The same, by the token in the order's address. */
export const letExpireByToken = (token: string) =>
  run("update orders set placed_at = placed_at - interval '2 hours', expires_at = now() - interval '1 second' where token_digest = sha256(convert_to($1, 'UTF8'))", [token]);

/** Leaves so many places on a departure. */
export const leavePlaces = (departure: string, places: number) =>
  run('update stock set capacity = held + sold + $2 where departure_id = $1', [departure, places]);

/** The departure leaves so many hours later, on the same day of tours that leave in the morning. */
export const leaveLater = (departure: string, hours: number) =>
  run('update departures set starts_at = starts_at + $2 * interval \'1 hour\', ends_at = ends_at + $2 * interval \'1 hour\' where id = $1', [departure, hours]);

/** The departure leaves now: its day at the gate is today. */
export const leaveToday = (departure: string) =>
  run("update departures set starts_at = now(), ends_at = now() + interval '6 hours' where id = $1", [departure]);

/** A colleague: the one account joins the other's organisation as a manager. */
export const joinOrganisation = (email: string, owner: string) =>
  run("insert into members (organisation_id, account_id, role, created_at) select m.organisation_id, a.id, 'manager', now() from accounts a, members m join accounts o on o.id = m.account_id where a.email = $1 and o.email = $2", [email, owner]);

/** An account with the demo's password: an address may open only twenty an hour, and all tests share one. */
export const newAccount = (email: string, name: string) =>
  run("insert into accounts (id, email, name, password_hash, created_at, email_confirmed_at) select gen_random_uuid(), $1, $2, password_hash, now(), now() from accounts where email = 'owner@nomad-trails.kz'", [email, name]);

/** A number that the account has confirmed. */
export const provenPhone = (email: string, phone: string) =>
  run('update accounts set phone = $2, phone_confirmed_at = now() where email = $1', [email, phone]);

/** A moderator says no to the name or BIN that this organisation asked for. */
export const refuseChange = (organisation: string, remark: string) =>
  run("update organisation_changes set state = 'rejected', remark = $2, decided_at = now() where organisation_id = $1 and state = 'waiting'", [organisation, remark]);
