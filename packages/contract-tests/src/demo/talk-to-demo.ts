import type { Page } from 'playwright-core';

/** Completes the registration of the demo bot, as a user does in the chat window. */
export async function talkToDemo(page: Page, chatWindowUrl: string): Promise<void> {
  await page.goto(chatWindowUrl);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Ask me two questions' }).click();
  await page.getByText('What is your name?').waitFor();
  await say(page, 'Annie', 'And how old are you, Annie?');
  await say(page, 'young enough', 'Please send a whole number from 1 to 120.');
  await say(page, '36', 'Thank you, Annie: 36 is a fine age.');
}

/** Sends a text and waits for the reply. */
export async function say(page: Page, text: string, answer: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
  await page.getByText(answer).last().waitFor();
}
