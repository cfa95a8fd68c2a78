import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHarnessDatabase, type HarnessDatabase } from '../src/journeys/stage/databases.ts';
import { startTestHarness, type TestHarness } from '../src/journeys/stage/test-harness.ts';
import { launchBrowser } from '../src/setup/launch-browser.ts';

let browser: Browser;
let store: HarnessDatabase;
let harness: TestHarness;

beforeAll(async () => {
  [browser, store] = await Promise.all([launchBrowser(), createHarnessDatabase('SQLite')]);
  harness = await startTestHarness({ adapter: 'express', storage: store.storage() });
}, 60_000);

afterAll(async () => {
  await browser.close();
  await harness.stop();
  await store.drop();
});

test('an invoice is paid in the chat window, and an old one is refused there', async () => {
  const steps = [
    {
      id: 'pay',
      type: 'invoice',
      title: 'A month of news',
      description: 'Every morning',
      currency: 'XTR',
      prices: [{ label: 'One month', amount: 50 }],
      refusal: 'This offer is over.',
    },
    { id: 'thanks', type: 'message', text: 'Thank you' },
  ];
  await harness.createBot({ flows: [{ trigger_command: 'start', flow_data: { steps } }] });
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  const log = page.getByRole('log');
  await page.goto(harness.telegram.url);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await log.getByText('A month of news').waitFor();
  await log.getByRole('button', { name: 'Pay ⭐50' }).click();
  await log.getByText('Paid').waitFor();
  await log.getByText('Thank you').waitFor();
  await log.getByRole('button', { name: 'Pay ⭐50' }).click();
  await page.getByText('This offer is over.').waitFor();
  expect(await log.getByText('Paid').count()).toBe(1);
});
