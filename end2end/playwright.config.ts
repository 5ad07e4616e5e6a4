import { defineConfig } from '@playwright/test';
import { join } from 'node:path';

// tools/test.sh says which binary to test and where it keeps its data.
const { SAPAR_BIN, SAPAR_DATA, DATABASE_URL, LEPTOS_SITE_ROOT } = process.env;
const port = Number(process.env.SAPAR_TEST_PORT ?? 4300);

// By its name: browsers keep keys (passkeys) for names only.
export const base = `http://localhost:${port}`;
export const sandbox = `http://127.0.0.1:${port + 1}`;

const launchOptions = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--use-fake-ui-for-media-stream',
  ],
};

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  // One shop, many customers: tests share the server and take care of themselves.
  fullyParallel: true,
  workers: 2,
  // All share one stock, as customers do: what fails once only is reported as flaky, not hidden.
  retries: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: { baseURL: base, locale: 'ru-KZ', timezoneId: 'Asia/Almaty', trace: 'retain-on-failure', launchOptions },
  projects: [
    { name: 'phone', use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
    { name: 'desk', use: { viewport: { width: 1440, height: 900 } } },
    { name: 'no-script', use: { viewport: { width: 390, height: 844 }, javaScriptEnabled: false }, grep: /@no-script/ },
  ],
  webServer: {
    command: `${SAPAR_BIN} serve`,
    // The site lies in target/site of the project.
    cwd: join(__dirname, '..'),
    // Answers once the demo is there; readiness of the process comes before.
    url: `${base}/robots.txt`,
    // The first start draws some three hundred pictures.
    timeout: 400_000,
    reuseExistingServer: !!process.env.SAPAR_TEST_REUSE,
    env: {
      SAPAR_DEMO: '1',
      SAPAR_ADDR: `127.0.0.1:${port}`,
      SAPAR_SANDBOX_ADDR: `127.0.0.1:${port + 1}`,
      SAPAR_OPS_ADDR: `127.0.0.1:${port + 2}`,
      SAPAR_SANDBOX_SMTP_ADDR: `127.0.0.1:${port + 3}`,
      SAPAR_DATA: SAPAR_DATA ?? '',
      DATABASE_URL: DATABASE_URL ?? '',
      SAPAR_PUBLIC_URL: base,
      SAPAR_RATE_LIMIT: 'off',
      ...(LEPTOS_SITE_ROOT ? { LEPTOS_SITE_ROOT } : {}),
    },
    stdout: 'pipe',
    stderr: 'pipe',
  },
});
