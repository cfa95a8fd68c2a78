/**
 * Measures the processor time of talking to Telegram: one `sendMessage` through `createTelegramApi` against a local
 * server
 * in another process, and parsing one update.
 *
 *     pnpm --filter @botloom/bench telegram-call
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTelegramApi, isUpdate, parseUpdate, type JsonObject } from '@botloom/core';

const ROUNDS = 5;
const CALLS_PER_ROUND = 20_000;
const CONCURRENCY = 50;
const BOTS = 500;
const UPDATES = 200_000;

if (process.argv[2] === 'server') serve();
else await measure();

async function measure(): Promise<void> {
  const server = fork(import.meta.filename, ['server']);
  const ready: readonly unknown[] = await once(server, 'message');
  const api = createTelegramApi({ apiRoot: `http://127.0.0.1:${String(ready[0])}` });
  const bots = Array.from({ length: BOTS }, (_, index) => ({
    id: `bot-${index}`,
    token: `${700000001 + index}:AA${'x'.repeat(33)}`,
  }));
  const message = {
    chat_id: 7,
    text: 'Hello Ann, how are you?',
    reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'yes' }]] },
  };

  async function send(calls: number): Promise<void> {
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let call = next++; call < calls; call = next++) {
        const bot = bots[call % BOTS];
        if (bot !== undefined) await api.call(bot, 'sendMessage', message);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  }

  await send(CALLS_PER_ROUND / 4);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    await send(CALLS_PER_ROUND);
    const { user, system } = process.cpuUsage(cpu);
    rounds.push({
      us: (user + system) / CALLS_PER_ROUND,
      rate: (CALLS_PER_ROUND / (performance.now() - start)) * 1000,
    });
  }
  console.log(
    JSON.stringify({
      what: 'sendMessage',
      cpu_us_per_call: median(rounds.map(({ us }) => us)),
      calls_per_s: median(rounds.map(({ rate }) => rate)),
    }),
  );
  console.log(
    JSON.stringify({
      what: 'isUpdate + parseUpdate',
      cpu_us_per_update: median(Array.from({ length: ROUNDS }, parseMany)),
    }),
  );
  await api.close();
  server.disconnect();
}

function parseMany(): number {
  const text = JSON.stringify({
    update_id: 1,
    message: {
      message_id: 5,
      from: { id: 7, is_bot: false, first_name: 'Ann', last_name: 'Lee', username: 'ann', language_code: 'en' },
      chat: { id: 7, first_name: 'Ann', last_name: 'Lee', username: 'ann', type: 'private' },
      date: 1_790_000_000,
      text: '/start ref_1',
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
    },
  });
  const updates = Array.from({ length: 1_000 }, (): unknown => JSON.parse(text));
  const cpu = process.cpuUsage();
  let commands = 0;
  for (let index = 0; index < UPDATES; index += 1) {
    const update = updates[index % updates.length];
    if (isUpdate(update) && isCommand(update)) commands += 1;
  }
  const { user, system } = process.cpuUsage(cpu);
  if (commands !== UPDATES) throw new Error('an update was not understood');
  return (user + system) / UPDATES;
}

function isCommand(update: JsonObject): boolean {
  const { event } = parseUpdate(update, { id: 'bot', username: 'bench_bot' });
  return event?.kind === 'message' && event.command !== null;
}

function serve(): void {
  const answer = JSON.stringify({
    ok: true,
    result: {
      message_id: 5,
      date: 1_790_000_000,
      chat: { id: 7, type: 'private', first_name: 'Ann' },
      from: { id: 1, is_bot: true, first_name: 'Bot', username: 'bench_bot' },
      text: 'Hello Ann, how are you?',
    },
  });
  const server = createServer((request, response) => {
    request
      .resume()
      .on('end', () =>
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) })
          .end(answer),
      );
  });
  // Listening on TCP, so its address is no path.
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('disconnect', () => process.exit());
}

function median(values: readonly number[]): number {
  return Number([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]?.toFixed(1));
}
