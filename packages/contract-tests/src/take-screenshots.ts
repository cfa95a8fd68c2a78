// Creates the images in docs/images from the demo of the example service in a real Chromium:
// npx -y pnpm@12 exec node packages/contract-tests/src/take-screenshots.ts
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { runDemo } from './demo/run-demo.ts';
import { talkToDemo } from './demo/talk-to-demo.ts';
import { locateChromium } from './setup/locate-chromium.ts';

const images = fileURLToPath(new URL('../../../docs/images/', import.meta.url));
const location = await locateChromium();
const demo = await runDemo();
const browser = await chromium.launch({
  executablePath: location.executable_path,
  env: { ...process.env, ...location.env },
  args: ['--no-sandbox', '--no-zygote', '--disable-gpu'],
});
try {
  const page = await browser.newPage({
    viewport: { width: 860, height: 780 },
    deviceScaleFactor: 1.5,
    reducedMotion: 'reduce',
  });
  await talkToDemo(page, demo.chatWindowUrl);
  await page.screenshot({ path: `${images}chat-window.png`, animations: 'disabled' });
} finally {
  await browser.close();
  await demo.stop();
}
