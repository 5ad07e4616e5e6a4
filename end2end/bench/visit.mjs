// What a customer's first visit to a tour page costs, as Chromium counts it.
import { chromium } from '@playwright/test';
import { constants, createBrotliDecompress } from 'node:zlib';
import { send } from './load.mjs';

const FIRST = 15 * 1024;
const decoded = (text) => text.replace(/&quot;/g, '"').replace(/&#x27;|&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** The text of a body whose end is missing. */
function inflated(bytes) {
  return new Promise((resolve, reject) => {
    const stream = createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH });
    let text = '';
    stream.setEncoding('utf8');
    stream.on('data', (part) => (text += part)).on('end', () => resolve(text)).on('error', reject);
    stream.end(bytes);
  });
}

/** Whether title, summary, price and the button to buy stand in what comes first. */
async function readable(shop, slug) {
  const tour = (await send(`${shop.url}/api/v1/listings/${slug}`)).json();
  const page = await send(`${shop.url}/ru/tours/${slug}`, { headers: { 'accept-encoding': 'br' } });
  if (page.headers['content-encoding'] !== 'br') throw new Error('the page came without brotli');
  const first = decoded(await inflated(page.bytes.subarray(0, FIRST)));
  const body = first.slice(first.indexOf('<main'));
  const missing = Object.entries({ title: tour.title, summary: tour.summary, description: tour.description?.[0], form: '<form' })
    .filter(([, text]) => text && !body.includes(text.trim())).map(([name]) => name);
  return { missing, html: page.bytes.length };
}

export async function visit(shop, slug) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'ru-KZ' });
    const devtools = await page.context().newCDPSession(page);
    const requests = new Map();
    await devtools.send('Network.enable');
    devtools.on('Network.requestWillBeSent', (e) => requests.set(e.requestId, { url: e.request.url, kind: e.type, bytes: 0 }));
    devtools.on('Network.responseReceived', (e) => Object.assign(requests.get(e.requestId) ?? {}, { kind: e.type, encoding: e.response.headers['content-encoding'] }));
    // As they came over the wire, with their heads.
    devtools.on('Network.loadingFinished', (e) => Object.assign(requests.get(e.requestId) ?? {}, { bytes: e.encodedDataLength }));
    await page.goto(`${shop.url}/ru/tours/${slug}`, { waitUntil: 'networkidle' });
    const counted = [...requests.values()].filter((r) => r.url.startsWith('http') && r.kind !== 'Image' && !/\/favicon|\/files\/|\.(svg|png|webp|ico)$/.test(r.url));
    return {
      requests: counted.length,
      bytes: counted.reduce((sum, r) => sum + r.bytes, 0),
      list: counted.map((r) => ({ ...r, url: r.url.slice(shop.url.length) })),
      ...(await readable(shop, slug)),
    };
  } finally {
    await browser.close();
  }
}
