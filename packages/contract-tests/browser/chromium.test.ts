import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../src/setup/launch-browser.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser.close());

test('the browser runs scripts, and draws letters with its bundled font', async () => {
  const page = await browser.newPage();
  await page.setContent('<button onclick="this.textContent = `pressed`">press me</button>');
  await page.getByRole('button').click();
  expect(await page.getByRole('button').textContent()).toBe('pressed');
  expect((await page.screenshot()).byteLength).toBeGreaterThan(1000);
  const box = await page.getByRole('button').boundingBox();
  expect(box?.width).toBeGreaterThan(20);
});
