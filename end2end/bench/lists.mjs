// Every list of the cabinet and of the account for people who are signed in, in a database as big as `sapar seed --scale` makes it.
import { createHash, randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { many, percentile, send, timed } from './load.mjs';
import { dice } from './queries.mjs';

/** Owners by turns: the biggest organisation's half of the times, else one of so many others, whose pages nobody has read yet. */
const OTHERS = 100;

const query = (fields) => new URLSearchParams(fields).toString();
const page = (path) => ({ path });

/** A session as the sign-in would have written it. */
async function session({ sql }, account, organisation = null) {
  const cookie = `bench-${randomUUID()}`;
  const digest = createHash('sha256').update(cookie).digest();
  await sql`
    insert into sessions (id, token_digest, account_id, organisation_id, user_agent, address, created_at, last_seen_at, expires_at)
    values (${randomUUID()}, ${digest}, ${account}, ${organisation}, 'bench', '127.0.0.1', now(), now(), now() + interval '1 day')`;
  return `sapar_session=${cookie}`;
}

/** An owner with some of what there is to look at. */
async function owner(shop, slug) {
  const { sql } = shop;
  const [{ account, id }] = await sql`
    select m.account_id as account, o.id from organisations o join members m on m.organisation_id = o.id and m.role = 'owner'
    where o.slug = ${slug}`;
  const orders = await sql`
    select o.id, o.number, o.contact_name as name, o.contact_phone as phone, part.placed_at::text as at,
           (extract(epoch from part.placed_at) * 1000000)::bigint as micros, part.listing_ids[1] as listing,
           (select code from tickets t where t.order_id = o.id order by position limit 1) as code,
           (select departure_id from order_lines line where line.order_id = o.id order by position limit 1) as departure
    from organisation_orders part join orders o on o.id = part.order_id
    where part.organisation_id = ${id} and o.contact_name is not null
    order by hashtext(o.id::text) limit 200`;
  const listings = await sql`select id from listings where organisation_id = ${id} order by id`;
  const [member] = await sql`
    select (extract(epoch from created_at) * 1000000)::bigint as micros, account_id from members where organisation_id = ${id}
    order by created_at, account_id offset (select count(*) / 2 from members where organisation_id = ${id}) limit 1`;
  return { slug, orders, listings, member, cookie: await session(shop, account, id) };
}

async function traveller(shop, offset) {
  const [{ id, order }] = await shop.sql`
    select a.id, (select id from orders where account_id = a.id order by id desc
                  offset (select count(*) / 2 from orders where account_id = a.id) limit 1) as order
    from accounts a where a.email = ${`traveller-${offset}@scale.example`}`;
  return { order, cookie: await session(shop, id) };
}

/** Arguments of `load_orders` in postcard's form: a language, then a query that says nothing but where to go on. */
function ordersAfter({ micros, id }) {
  const place = Buffer.alloc(24);
  place.writeBigInt64BE(BigInt(micros));
  Buffer.from(id.replaceAll('-', ''), 'hex').copy(place, 8);
  const cursor = Buffer.from(place.toString('base64url'));
  return Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, 1, cursor.length]), cursor]);
}

/** What is asked, by the name of its list; each is given somebody, and dice. */
function kinds() {
  const order = (who, any) => any(who.orders);
  const day = (any, days) => new Date(Date.now() + (any(days) - 60) * 86_400_000).toISOString().slice(0, 10);
  const days = Array.from({ length: 90 }, (_, at) => at);
  const owners = {
    'today': () => page('/ru/partner'),
    'another day': (who, any) => page(`/ru/partner?${query({ day: day(any, days) })}`),
    'orders': () => page('/ru/partner/orders'),
    'orders, further down': (who, any) => ({ path: '/fn/cabinet-orders', body: ordersAfter(order(who, any)) }),
    'orders of a state': (who, any) => page(`/ru/partner/orders?${query({ status: any(['open', 'paid', 'returned', 'ended']) })}`),
    'orders of a tour': (who, any) => page(`/ru/partner/orders?${query({ listing: any(who.listings).id })}`),
    'orders of a day': (who, any) => page(`/ru/partner/orders?${query({ day: day(any, days), channel: any(['online', 'cash']) })}`),
    'orders by part of a name': (who, any) => {
      const name = any(order(who, any).name.split(' '));
      return page(`/ru/partner/orders?${query({ q: name.slice(0, any([2, 3, 4, 20])) })}`);
    },
    'orders by name': (who, any) => page(`/ru/partner/orders?${query({ q: order(who, any).name })}`),
    'orders by part of a phone': (who, any) => {
      const { phone } = order(who, any);
      return page(`/ru/partner/orders?${query({ q: any([phone.slice(0, 3), phone.slice(0, 5), phone.slice(-4), phone.slice(2)]) })}`);
    },
    'orders by number or code': (who, any) => {
      const { number, code } = order(who, any);
      return page(`/ru/partner/orders?${query({ q: any([number, code ?? number]) })}`);
    },
    'an order with its history': (who, any) => page(`/ru/partner/orders/${order(who, any).id}`),
    'passengers': (who, any) => page(`/ru/partner/departures/${order(who, any).departure}`),
    'passengers as a file': (who, any) => page(`/cabinet/departures/${order(who, any).departure}/passengers.csv?lang=ru`),
    'what a counter sells': (who, any) => page(`/ru/partner/sell?${query({ day: day(any, days) })}`),
    'tours': () => page('/ru/partner/listings'),
    'tours by part of a title': (who, any) => page(`/ru/partner/listings?${query({ q: any(['поход', 'звёзд', 'серуен', 'jeep', 'о']) })}`),
    'departures of a tour': (who, any) => page(`/ru/partner/listings/${any(who.listings).id}/departures`),
    'members and invitations': () => page('/ru/partner/members'),
    'members, further down': ({ member }) => page(`/ru/partner/members?${query({ after: `${member.micros}.${member.account_id.replaceAll('-', '')}` })}`),
    'imports': () => page('/ru/partner/import'),
    // Nobody who is signed in is answered from the cache of pages.
    'the public page': ({ slug }) => page(`/ru/partners/${slug}`),
  };
  const travellers = {
    'my orders': () => page('/ru/me/orders'),
    'my orders, further down': ({ order }) => page(`/ru/me/orders?${query({ after: order })}`),
    'my sessions': () => page('/ru/me/security'),
  };
  return { owners, travellers };
}

async function measured(shop, kind, make, people, each) {
  const random = dice(20261122);
  const any = (list) => list[Math.floor(random() * list.length)];
  const asked = Array.from({ length: each }, (_, at) => {
    const who = at % 2 ? people[0] : any(people);
    return { ...make(who, any), cookie: who.cookie };
  });
  const [times, slowest] = [[], []];
  await many(asked, availableParallelism(), async ({ path, body, cookie }) => {
    const headers = { cookie, ...(body && { 'content-type': 'application/postcard', origin: shop.url }) };
    const [ms, answer] = await timed(() => send(shop.url + path, { headers, raw: body, method: body ? 'POST' : 'GET' }));
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    times.push(ms);
    slowest.push([ms, path]);
  });
  slowest.sort((a, b) => b[0] - a[0]);
  return { kind, p50: percentile(times, 50), p99: percentile(times, 99), slowest: slowest.slice(0, 5) };
}

/** Latency of every list with one request a core: milliseconds. */
export async function lists(shop, each, say) {
  const { sql } = shop;
  const slugs = await sql`
    select slug from organisations where slug ~ '^scale-[0-9]+$' and slug <> 'scale-1' order by hashtext(slug) limit ${OTHERS}`;
  const owners = [];
  for (const slug of ['scale-1', ...slugs.map((row) => row.slug)]) owners.push(await owner(shop, slug));
  const travellers = [];
  for (let n = 0; n < 50; n++) travellers.push(await traveller(shop, n));
  const wanted = kinds();
  const found = [];
  for (const [people, group] of [[owners, wanted.owners], [travellers, wanted.travellers]]) {
    for (const [kind, make] of Object.entries(group)) {
      found.push(await measured(shop, kind, make, people, each));
      say(`${kind}: ${found.at(-1).p99.toFixed(1)} ms`);
    }
  }
  const [size] = await sql`
    select (select count(*)::int from organisations) as organisations, (select count(*)::int from listings) as listings,
           (select count(*)::int from departures) as departures, (select count(*)::int from tickets) as tickets`;
  return { kinds: found, size, worst: found.reduce((a, b) => (b.p99 > a.p99 ? b : a)) };
}
