// Every public page: complete HTML, no console error, no axe violation, the right status and head.
import { leaveLater } from '../database';
import { accessible, base, expect, test } from '../shop';

for (const lang of ['ru', 'kk', 'en']) {
  for (const path of ['', '/tours', '/tours?category=lakes&sort=price_up', '/tours/kolsai-lakes-one-day', '/partners/nomad-trails', '/saved', '/tickets', '/me', '/sign-in', '/sign-in/code', '/sign-up', '/reset', '/tours?q=zzqx', '/tours/no-such-tour', '/orders/NOSUCHTOKEN']) {
    test(`/${lang}${path} is sound`, async ({ page }) => {
      const answer = await page.goto(`/${lang}${path}`);
      expect(answer?.status()).toBe(path.toLowerCase().includes('nosuch') || path.includes('no-such') ? 404 : 200);
      await expect(page.locator('h1')).toHaveCount(1);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await page.waitForLoadState('networkidle');
      // Nothing is wider than the window.
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
      await accessible(page);
    });
  }
}

test('a tour tells search engines all they want', async ({ request }) => {
  const html = await (await request.get('/kk/tours/kolsai-lakes-one-day')).text();
  for (const needle of ['rel="canonical"', 'hreflang="ru"', 'hreflang="kk"', 'hreflang="en"', 'hreflang="x-default"', 'property="og:image"', 'application/ld+json', '"BreadcrumbList"', '"offers"']) {
    expect(html, needle).toContain(needle);
  }
});

test('what does not exist is a 404 in the reader\'s language', async ({ request }) => {
  for (const path of ['/ru/tours/no-such-tour', '/kk/partners/nobody', '/en/nothing/here', '/ru/orders/NOSUCHTOKEN']) {
    expect((await request.get(path)).status(), path).toBe(404);
  }
});

test('a company finds its way in from the home page', async ({ page }) => {
  for (const [lang, words] of [['ru', 'Для организаторов'], ['kk', 'Ұйымдастырушыларға'], ['en', 'For organisers']] as const) {
    await page.goto(`/${lang}`);
    const ways = page.getByRole('link', { name: words, exact: true });
    await expect(ways).toHaveCount(2);
    for (const way of await ways.all()) expect(await way.getAttribute('href')).toBe(`/${lang}/partner/start`);
  }
  await page.goto('/ru/tours');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Для организаторов', exact: true }).click();
  // Who has no account yet makes one on the way.
  await page.waitForURL('**/ru/sign-up?next=**');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('robots and sitemap', async ({ request }) => {
  expect(await (await request.get('/robots.txt')).text()).toContain('Sitemap: ');
  expect(await (await request.get('/sitemap.xml')).text()).toContain('<sitemapindex');
  expect(await (await request.get('/sitemap/tours.xml')).text()).toContain('/kk/tours/kolsai-lakes-one-day');
});

test('the root leads to the reader\'s language and remembers', async ({ page }) => {
  await page.goto('/');
  await page.waitForURL('**/ru');
});

test('a cross-site form is refused', async ({ request }) => {
  const answer = await request.post(`${base}/fn/sign-in`, { headers: { origin: 'https://evil.example' }, form: { email: 'a' } });
  expect(answer.status()).toBe(403);
});

test('what was searched for is chosen on the tour\'s page, and the programme goes by its hours', async ({ page, request }) => {
  const tour = await (await request.get('/api/v1/listings/charyn-canyon-one-day?lang=ru')).json();
  const last = tour.departures.filter((d: any) => d.places_left >= 4).slice(-2);
  const found = last[(page.viewportSize()?.width ?? 0) > 1000 ? 0 : 1];
  await leaveLater(found.id, 3);
  const local = new Date(Date.parse(found.starts_at) + (5 + 3) * 3600_000).toISOString();
  const day = local.slice(0, 10);
  await page.goto(`/ru/tours?q=чарын&from=${day}&to=${day}&people=3`, { waitUntil: 'networkidle' });
  await page.locator('.card-grid-results a[href*="/tours/charyn-canyon-one-day"]').click();
  await page.waitForURL(new RegExp(`day=${day}&people=3`));
  await expect(page.locator('#book [aria-current=date]')).toHaveCount(1);
  await expect(page.locator('#count-0')).toHaveValue('3');
  await expect(page.locator('.programme-time').first()).toHaveText(local.slice(11, 16));
});

test('the way back from a tour leads to the same place in the list', async ({ page }) => {
  await page.goto('/ru/tours', { waitUntil: 'networkidle' });
  const cards = page.locator('.card-grid-results > li');
  const first = await cards.count();
  await page.getByRole('link', { name: 'Показать ещё' }).click();
  await expect.poll(() => cards.count()).toBeGreaterThan(first);
  await page.waitForURL(/pages=2/);
  const all = await cards.count();
  const card = cards.nth(first + 2).locator('a[href*="/tours/"]').first();
  await card.evaluate((link) => link.scrollIntoView({ block: 'center' }));
  const place = await page.evaluate(() => window.scrollY);
  expect(place).toBeGreaterThan(300);
  await card.click();
  await page.waitForURL(/\/tours\/[a-z0-9-]+/);
  await page.goBack();
  await expect(cards).toHaveCount(all);
  await expect.poll(() => page.evaluate((place) => Math.abs(window.scrollY - place), place)).toBeLessThan(50);
  await page.reload();
  await expect(cards).toHaveCount(all);
});
