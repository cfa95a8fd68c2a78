/**
 * Generates `bot-api.json` from the description beside the repository, or checks that it matches it:
 *
 *   node packages/fake-telegram/src/api-data/write-bot-api.ts           checks
 *   node packages/fake-telegram/src/api-data/write-bot-api.ts --write   writes
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generateBotApi, type ApiDelta, type ApiSpec } from './generate-bot-api.ts';

const target = new URL('./bot-api.json', import.meta.url);
/** The folder with the source: the one in BOTLOOM_SHARED_DIR, or `../shared` beside the checkout. */
const shared = process.env.BOTLOOM_SHARED_DIR;
const source = shared
  ? pathToFileURL(`${shared}/telegram/`)
  : new URL('../../../../../shared/telegram/', import.meta.url);
const specFile = new URL('bot-api.json', source);
const deltaFile = new URL('bot-api-10.3-delta.json', source);

process.exitCode = main(process.argv.includes('--write'));

function main(write: boolean): number {
  if (!existsSync(specFile) || !existsSync(deltaFile)) {
    say(`bot-api.json: not checked, because the description of the Bot API is missing: ${fileURLToPath(source)}`);
    return write ? 1 : 0;
  }
  const text = generateBotApi(readJson<ApiSpec>(specFile), readJson<ApiDelta>(deltaFile));
  if (write) {
    writeFileSync(target, text);
    say('bot-api.json: written');
    return 0;
  }
  const same = existsSync(target) && readFileSync(target, 'utf8') === text;
  say(same ? 'bot-api.json: up to date' : 'bot-api.json: differs from its source; run write-bot-api.ts --write');
  return same ? 0 : 1;
}

/** Reads a pinned input of this development script unchecked: a wrong shape is visible in the diff of the output. */
function readJson<T>(file: URL): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
