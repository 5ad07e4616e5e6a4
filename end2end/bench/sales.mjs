// Orders placed and settled on one departure, and tickets activated at its door.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { many, percentile, send, timed, wrk } from './load.mjs';

const PARTNER = 'nomad-trails';
const contact = { name: 'Айгүл Сәтбаева', phone: '+7 701 123 45 67', email: 'aigul@example.kz' };

/** A departure of the partner's tour with so many places and without quotas; the `nth` that comes. */
async function departure({ sql }, nth, capacity) {
  const [found] = await sql`
    select d.id, d.listing_id, d.organisation_id from departures d join organisations o on o.id = d.organisation_id
    where o.slug = ${PARTNER} and d.status = 'scheduled' and d.starts_at > now() + interval '2 days'
    order by d.starts_at, d.id offset ${nth} limit 1`;
  await sql`delete from stock where departure_id = ${found.id} and ticket_type_id is not null`;
  await sql`update stock set capacity = ${capacity}, held = 0, sold = 0 where departure_id = ${found.id}`;
  const [type] = await sql`
    update ticket_types set quota = null, min_per_order = 1, max_per_order = 50, price = greatest(price, 100000)
    where id = (select id from ticket_types where listing_id = ${found.listing_id} and archived_at is null order by position limit 1)
    returning id`;
  return { id: found.id, listing: found.listing_id, organisation: found.organisation_id, type: type.id };
}

const token = async (shop) => (await shop.run('token', 'create', '--organisation', PARTNER, '--name', 'Gate')).trim();

async function stock(shop, bearer, id) {
  const answer = await send(`${shop.url}/api/v1/departures/${id}/tickets`, { headers: { authorization: `Bearer ${bearer}` } });
  if (answer.status !== 200) throw new Error(`the departure's tickets: ${answer.status}`);
  return answer.json().departure;
}

/** Places and settles one; `null` where there are no places left. */
async function buy(shop, { id, type }, quantity, key) {
  const body = { lang: 'ru', contact, lines: [{ departure_id: id, ticket_type_id: type, quantity }] };
  const [place, placed] = await timed(() => send(`${shop.url}/api/v1/orders`, { method: 'POST', body, headers: { 'idempotency-key': key } }));
  if (placed.status === 409 && placed.json().code === 'sold_out') return null;
  if (placed.status !== 201) throw new Error(`placing: ${placed.status} ${placed.bytes}`);
  const [settle] = await timed(async () => {
    const payments = (await send(`${shop.sandbox}/control/payments?order=${placed.json().number}`)).json();
    if (payments.length !== 1) throw new Error(`${payments.length} payments for an order`);
    const decided = await send(`${shop.sandbox}/control/payments/${payments[0].pg_payment_id}`, { method: 'POST', body: { action: 'approve' } });
    const [answer] = decided.json().callbacks;
    if (answer?.verdict !== 'ok') throw new Error(`settling: ${decided.bytes}`);
  });
  return { place, settle };
}

/** More buyers than places: whoever comes late must be told so. */
export async function orders(shop, { places, late, connections }) {
  const target = await departure(shop, 0, places);
  // What the database does by itself a minute after the demo was written.
  await shop.sql`analyze`;
  const [placing, settling] = [[], []];
  let refused = 0;
  let last = 0;
  const began = performance.now();
  await many(Array.from({ length: places + late }, () => randomUUID()), connections, async (key) => {
    const done = await buy(shop, target, 1, key);
    if (!done) return refused++;
    last = performance.now();
    placing.push(done.place);
    settling.push(done.settle);
  });
  const left = await stock(shop, await token(shop), target.id);
  const [{ paid }] = await shop.sql`
    select coalesce(sum(l.quantity), 0)::int as paid from order_lines l join orders o on o.id = l.order_id
    where l.departure_id = ${target.id} and o.status in ('paid', 'completed')`;
  const exact = left.sold === places && left.held === 0 && paid === places && refused === late;
  return {
    rate: placing.length / ((last - began) / 1000),
    placing: percentile(placing, 99),
    settling: percentile(settling, 99),
    both: percentile(placing.map((ms, at) => ms + settling[at]), 99),
    oversold: exact ? null : JSON.stringify({ ...left, paid, refused }),
  };
}

/** Until no job waits; seconds that it took. */
export async function drained({ sql }, seconds = 900) {
  const began = performance.now();
  for (const end = began + seconds * 1000; performance.now() < end; await sleep(200)) {
    const [{ waiting, dead }] = await sql`
      select count(*) filter (where dead_at is null)::int as waiting, count(*) filter (where dead_at is not null)::int as dead from jobs`;
    if (dead) throw new Error(`${dead} jobs were given up`);
    if (waiting === 0) return (performance.now() - began) / 1000;
  }
  throw new Error('jobs are still waiting');
}

export async function documents({ sql }) {
  const [{ count }] = await sql`select count(*)::int from orders where documents_at is not null`;
  return count;
}

/** Orders of fifty tickets with their PDFs, mails, messages and pictures: what takes most memory. */
export async function bigOrders(shop, count) {
  const target = await departure(shop, 2, count * 50);
  await many(Array.from({ length: count }, () => randomUUID()), 2, (key) => buy(shop, target, 50, key));
  await drained(shop);
}

/** Tickets are written into the database, two an order, and shown at the gate one by one. */
export async function activations(shop, { tickets, connections, seconds }) {
  const { sql } = shop;
  const target = await departure(shop, 1, tickets);
  await sql`update departures set starts_at = now() + interval '1 minute', ends_at = now() + interval '10 hours' where id = ${target.id}`;
  await sql`
    insert into orders (id, number, token_digest, lang, status, contact_name, contact_phone, contact_email, total, placed_at, expires_at, paid_at)
    select uuidv7(), 'G' || to_char(n, 'FM0000000'), sha256(('gate ' || n)::bytea), 'ru', 'paid', ${contact.name}, '+77011234567',
           ${contact.email}, 0, now(), now() + interval '1 hour', now()
    from generate_series(1, ${tickets / 2}::int) n`;
  await sql`
    insert into order_lines (id, order_id, position, departure_id, ticket_type_id, listing_id, organisation_id, quantity, unit_price)
    select uuidv7(), id, 1, ${target.id}, ${target.type}, ${target.listing}, ${target.organisation}, 2, 0 from orders where number ~ '^G[0-9]{7}$'`;
  await sql`
    insert into tickets (id, order_id, order_line_id, departure_id, organisation_id, ticket_type_id, position, code, status, holder_name)
    select uuidv7(), l.order_id, l.id, l.departure_id, l.organisation_id, l.ticket_type_id, turn,
           upper(lpad(to_hex((row_number() over ())), 12, '0')), 'issued', ${contact.name}
    from order_lines l cross join generate_series(1, 2) turn where l.departure_id = ${target.id}`;
  await sql`update stock set sold = ${tickets} where departure_id = ${target.id}`;
  await sql`analyze`;
  const codes = await sql`select code from tickets where departure_id = ${target.id} order by md5(code)`;
  const bearer = await token(shop);
  const paths = codes.map(({ code }) => `/api/v1/tickets/${code}/activate`);
  const result = await wrk(shop.url, paths, { work: shop.work, connections, seconds, method: 'POST', headers: { authorization: `Bearer ${bearer}` }, once: true });
  const { activated } = await stock(shop, bearer, target.id);
  // What was under way when the time was over counts here and not there.
  const wrong = result.errors || Math.abs(activated - Math.min(result.requests, tickets)) > connections;
  return { ...result, wrong: wrong ? JSON.stringify({ activated, ...result }) : null };
}
