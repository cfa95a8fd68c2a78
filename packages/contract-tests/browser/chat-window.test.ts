import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServiceProcess, type ServiceProcess } from '../src/journeys/processes/service-process.ts';
import { launchBrowser } from '../src/setup/launch-browser.ts';

let browser: Browser;
let folder: string;
let service: ServiceProcess;
let chatWindow: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'botloom-demo-'));
  // Started as a newcomer does: no configuration, so with its demo bot. Only the port is chosen by the system.
  [browser, service] = await Promise.all([launchBrowser(), startServiceProcess('example', { PORT: '0' }, folder)]);
  chatWindow = /Open +(http\S+)/.exec(service.output())?.[1] ?? '';
}, 60_000);

afterAll(async () => {
  await browser.close();
  expect(await service.terminate(), service.output()).toBe(0);
  await rm(folder, { recursive: true });
});

test('a newcomer talks to the demo bot in the chat window', async () => {
  const page = await browser.newPage({ viewport: { width: 1100, height: 800 }, reducedMotion: 'reduce' });
  const complaints = collectPageErrors(page);
  await page.goto(chatWindow);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await waitForText(page, /I am Botloom Demo, and I run on your machine/);

  await page.getByRole('button', { name: 'Ask me two questions' }).click();
  await waitForText(page, 'What is your name?');
  await say(page, 'Ada <b>Lovelace</b>');
  await waitForText(page, 'And how old are you, Ada <b>Lovelace</b>?');
  await say(page, 'very');
  await waitForText(page, 'Please send a whole number from 1 to 120.');
  await say(page, '36');
  await waitForText(page, /Thank you, Ada <b>Lovelace<\/b>: 36 is a fine age/);

  await say(page, 'and now?');
  await waitForText(page, /You said: and now\?/);
  await page.getByRole('button', { name: 'How do you work?' }).click();
  await waitForText(page, /arrived through a real webhook/);
  await page.screenshot({ path: await artifact('chat-window.png') });
  expect(complaints).toEqual([]);
});

test('the chat is restored after a reload, also in a narrow window', async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 800 }, reducedMotion: 'reduce' });
  const complaints = collectPageErrors(page);
  await page.goto(chatWindow);
  await page
    .getByRole('button', { name: 'Start', exact: true })
    .or(page.getByText(/arrived through a real webhook/))
    .first()
    .waitFor();
  await page.screenshot({ path: await artifact('chat-window-narrow.png') });
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(overflow).toBe(0);
  expect(complaints).toEqual([]);
});

/** Errors on the console of the page, and failed requests. */
function collectPageErrors(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

async function waitForText(page: Page, text: string | RegExp): Promise<void> {
  await page.getByRole('log').getByText(text).last().waitFor({ timeout: 10_000 });
}

/** Folder for the screenshots of the run. */
async function artifact(name: string): Promise<string> {
  const folder = process.env.BOTLOOM_TEST_ARTIFACTS ?? join(tmpdir(), 'botloom-artifacts');
  await mkdir(folder, { recursive: true });
  return join(folder, name);
}
