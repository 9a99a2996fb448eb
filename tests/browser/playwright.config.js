// One run: our own program with the demo record in a fresh folder, and the people who use it.
// Environment: REMBUK_BROWSER_BINARY (the program), REMBUK_BROWSER_PORT, REMBUK_BROWSER_DATA, CHROMIUM.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

// This file is read again by every worker; what it decides the first time travels by the environment.
const env = process.env;
env.REMBUK_BROWSER_PORT ??= freePort();
env.REMBUK_BROWSER_DATA ??= mkdtempSync(join(tmpdir(), 'rembuk-browser-'));
const address = `127.0.0.1:${env.REMBUK_BROWSER_PORT}`;
const binary = env.REMBUK_BROWSER_BINARY ?? resolve(import.meta.dirname, '../../target/debug/rembuk');

function freePort() {
  const ask = 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})';
  return execFileSync(process.execPath, ['-e', ask], { encoding: 'utf8' }).trim();
}

const desktop = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

const first = ['first', 'first without JavaScript'];

export default defineConfig({
  testDir: '.',
  outputDir: join(tmpdir(), `rembuk-browser-results-${env.REMBUK_BROWSER_PORT}`),
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 5_000 },
  forbidOnly: true,
  reporter: [['list'], ['./support/count.js']],
  use: {
    baseURL: `http://${address}`,
    locale: 'id-ID',
    timezoneId: 'Asia/Makassar',
    actionTimeout: 5_000,
    navigationTimeout: 15_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    // Takes a seat in the demo's coming forum, which a later journey holds to its end.
    { name: 'first', testMatch: 'first/*.spec.js', use: phone },
    { name: 'first without JavaScript', testMatch: 'first/*.spec.js', use: { ...phone, javaScriptEnabled: false } },
    { name: 'desktop', testMatch: 'journeys/*.spec.js', use: desktop, dependencies: first },
    { name: 'phone', testMatch: 'journeys/citizen*.spec.js', use: phone, dependencies: first },
    { name: 'phone without JavaScript', testMatch: 'journeys/citizen*.spec.js', use: { ...phone, javaScriptEnabled: false }, dependencies: first },
    // Every page that can be reached; it only reads, so it may run beside the journeys.
    { name: 'pages', testMatch: 'pages/*.spec.js', use: desktop, dependencies: first },
  ],
  webServer: {
    command: `${binary} demo --data ${env.REMBUK_BROWSER_DATA} --listen ${address}`,
    url: `http://${address}/readyz`,
    timeout: 90_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    stdout: 'ignore',
    stderr: 'pipe',
    // All people of a run come from one address; what throttling does is promised elsewhere.
    env: {
      ...env,
      REMBUK__LIMITS__COMPLAINTS_PER_HOUR: '1000',
      REMBUK__LIMITS__WRONG_CODES: '100',
      REMBUK__LIMITS__WRONG_PASSWORDS: '100',
    },
  },
});
