import { chromium, type Browser } from 'playwright-core';
import { inject } from 'vitest';
import './provided-context.ts';

/**
 * Starts the run's Chromium; close it with `browser.close()`.
 *
 * Only in the vitest project `browser`.
 *
 * @example
 * ```ts
 * const browser = await launchBrowser();
 * const page = await browser.newPage();
 * ```
 */
export async function launchBrowser(): Promise<Browser> {
  const location = inject('chromium');
  return chromium.launch({
    executablePath: location.executable_path,
    env: { ...process.env, ...location.env },
    headless: true,
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
}
