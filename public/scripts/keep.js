// Keeps the order on show for when there is no connection. A classic script, so that it runs for each order that is opened;
// it tells the page by the event `saparkept`.
(async () => {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  try {
    await workers.register('/offline.js');
    const { active } = await workers.ready;
    const list = `/${location.pathname.split('/')[1]}/tickets`;
    const files = performance.getEntriesByType('resource').map((entry) => new URL(entry.name));
    const own = files.filter((url) => url.origin === location.origin && /^\/((pkg|fonts|art)\/|fn\/texts$)/.test(url.pathname));
    const answer = new MessageChannel();
    answer.port1.onmessage = () => window.dispatchEvent(new Event('saparkept'));
    // What the list draws with, too, which was not asked for here.
    const art = ['icon', 'mark', 'ornament'].map((name) => `/art/${name}.svg`);
    const paths = new Set([...art, ...own.map((url) => url.pathname + url.search)]);
    active.postMessage({ pages: [location.pathname, list], files: [...paths] }, [answer.port2]);
  } catch {
    // A private window, or a full disk: the page needs its connection then, as before.
  }
})();
