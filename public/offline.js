// The service worker: a ticket that was opened once opens without a connection. It keeps orders that have tickets, the list
// of orders, and the files that draw these; all else goes its usual way.
const KEPT = 'tickets-1';
const MOST = 200; // entries; those that were asked for least recently make room
const PATIENCE = 4000; // ms to wait for the network where there is something kept: a bar of signal may be none

const isPage = (path) => /^\/(ru|kk|en)\/(orders\/[^/]+|tickets)$/.test(path);
const isFile = (path) => /^\/((pkg|fonts|art)\/|fn\/texts$)/.test(path);
const isFront = (path) => /^\/((ru|kk|en)\/?)?$/.test(path);
// A hashed name never changes what it names, nor do the texts of one version.
const isFixed = (path) => !/^\/(fonts|art)\//.test(path);

const kept = async (path) => (await caches.open(KEPT)).match(path, { ignoreVary: true });

// Replaces what is there once the whole answer has come, and puts it last in the row.
async function keep(path, answer) {
  await (await caches.open(KEPT)).put(path, answer);
}

async function makeRoom() {
  const cache = await caches.open(KEPT);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map((key) => cache.delete(key)));
}

// The network's answer; what is kept, where the network has none in time.
async function freshOrKept(event, found) {
  const answer = fetch(event.request);
  if (!found) return answer;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const first = await Promise.race([answer.catch(() => undefined), late]);
  return first && first.status < 500 ? first : found;
}

// Only a page that keeps itself (scripts/keep.js) is kept anew: not one that has no tickets yet, nor one with a notice.
async function page(event, path, plain) {
  const found = await kept(path);
  const answer = await freshOrKept(event, found);
  if (found && answer !== found && plain && answer.ok && !answer.redirected) event.waitUntil(keep(path, answer.clone()));
  return answer;
}

// Without a connection the front door leads to the tickets.
async function front(event, path) {
  try {
    return await fetch(event.request);
  } catch (error) {
    const languages = [path.split('/')[1], ...navigator.languages.map((tag) => tag.slice(0, 2)), 'ru', 'kk', 'en'];
    for (const list of languages.map((lang) => `/${lang}/tickets`)) {
      if (await kept(list)) return Response.redirect(list, 302);
    }
    throw error;
  }
}

async function file(event, path) {
  const found = await kept(path);
  return found && isFixed(path) ? found : freshOrKept(event, found);
}

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  const turn = event.request.mode === 'navigate';
  if (turn && isPage(url.pathname)) event.respondWith(page(event, url.pathname, !url.search));
  else if (turn && isFront(url.pathname)) event.respondWith(front(event, url.pathname));
  else if (isFile(url.pathname)) event.respondWith(file(event, url.pathname + url.search));
});

async function fetched(path) {
  const answer = await fetch(path, { credentials: 'same-origin' });
  if (!answer.ok || answer.redirected) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

async function keepFile(path) {
  const found = isFixed(path) ? await kept(path) : undefined;
  await keep(path, found ?? (await fetched(path)));
}

// With the files that it names: after an update they are others than those of the page that asks.
async function keepPage(path) {
  const answer = await fetched(path);
  const named = (await answer.clone().text()).match(/\/pkg\/[\w.-]+/g) ?? [];
  await keep(path, answer);
  await Promise.all([...new Set(named)].map(keepFile));
}

// {pages: [path], files: [path]} from a page; answered when all is kept.
self.addEventListener('message', (event) => {
  const { pages = [], files = [] } = event.data ?? {};
  const all = [...files.map(keepFile), ...pages.filter(isPage).map(keepPage)];
  event.waitUntil(Promise.all(all).finally(makeRoom).then(() => event.ports[0]?.postMessage('kept')));
});
