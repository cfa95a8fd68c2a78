/**
 * Makes `bot-api.json` anew from the description that lies beside the repository, or checks that it still fits it:
 *
 *   node packages/fake-telegram/src/api-data/write-bot-api.ts           checks
 *   node packages/fake-telegram/src/api-data/write-bot-api.ts --write   writes
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generateBotApi, type ApiDelta, type ApiSpec } from './generate-bot-api.ts';

const target = new URL('./bot-api.json', import.meta.url);
/** `../shared` beside the checkout, or the folder that BOTLOOM_SHARED_DIR names. */
const shared = process.env.BOTLOOM_SHARED_DIR;
const source = shared
  ? pathToFileURL(`${shared}/telegram/`)
  : new URL('../../../../../shared/telegram/', import.meta.url);
const specFile = new URL('bot-api.json', source);
const deltaFile = new URL('bot-api-10.3-delta.json', source);

process.exitCode = main(process.argv.includes('--write'));

function main(write: boolean): number {
  if (!existsSync(specFile) || !existsSync(deltaFile)) {
    say(`bot-api.json: not checked, ${fileURLToPath(source)} with the description of the Bot API is not there`);
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

/** The two files are pinned inputs of a development script; a wrong shape shows in the diff of what is written. */
function readJson<T>(file: URL): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
