import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runDemo, type Demo } from '../src/demo/run-demo.ts';
import { say, talkToDemo } from '../src/demo/talk-to-demo.ts';
import { launchBrowser } from '../src/setup/launch-browser.ts';

let browser: Browser;
let demo: Demo;

beforeAll(async () => {
  [browser, demo] = await Promise.all([launchBrowser(), runDemo()]);
}, 60_000);

afterAll(async () => {
  await browser.close();
  await demo.stop();
});

test('the demo bot answers in the chat window: menu, questions, default', async () => {
  const page = await browser.newPage();
  const errors: unknown[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await talkToDemo(page, demo.chatWindowUrl);
  // The menu of commands is sent to Telegram a few seconds after the start, when the page is already open.
  await page.getByRole('button', { name: 'Commands' }).click();
  await page.getByRole('button', { name: '/register' }).click();
  await page.getByText('What is your name?').last().waitFor();
  await say(page, '/start', 'What would you like to see?');
  await say(page, 'good night', 'You said: good night');
  await say(page, '/start', 'What would you like to see?');
  await page.getByRole('button', { name: 'Say something' }).last().click();
  await page.getByText('Something. A button can reply').waitFor();
  await page.getByRole('button', { name: 'How do you work?' }).last().click();
  await page.getByRole('button', { name: 'Back to the menu' }).click();
  await page.getByText('What would you like to see?').nth(3).waitFor();
  expect(errors).toEqual([]);
});

test('a tea is ordered by buttons and a calendar, paid, and served after a wait', async () => {
  const page = await browser.newPage();
  await page.goto(demo.chatWindowUrl);
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByLabel('First name').fill('Theo');
  await page.getByRole('button', { name: 'Chat', exact: true }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Order a tea' }).click();
  await page.getByRole('button', { name: 'Green' }).click();
  await page.getByText('What would you like with it?').waitFor();
  await page.getByRole('button', { name: 'Honey' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText('For which day?').waitFor();
  await page.getByRole('button', { name: /^\d+$/ }).first().click();
  await page.getByText(/with Honey\. The Stars are part of the demo/).waitFor();
  await page.getByRole('button', { name: /^Pay/ }).click();
  await page.getByText('Your green tea is ready').waitFor();
});
