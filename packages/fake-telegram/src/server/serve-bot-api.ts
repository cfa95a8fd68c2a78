import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../call/api-error.ts';
import type { BoundedLog, RecordedCall } from '../call/call-log.ts';
import { readBody } from '../call/read-body.ts';
import { sendRefusal } from '../call/send-response.ts';
import { readParameters } from '../parameters/read-parameters.ts';
import type { BotState } from '../state/bot-state.ts';
import type { World } from '../state/world.ts';
import { answerCall } from './answer-call.ts';
import type { FaultPlan } from './fault-plan.ts';

/** The dependencies of the routes. */
export interface BotApiHost {
  world: World;
  faults: FaultPlan;
  calls: BoundedLog<RecordedCall>;
  /** Called when a call begins and ends. Long polls do not count. */
  onOpenCall(change: 1 | -1): void;
  nextCallNumber(): number;
}

const maxBodyBytes = 55 * 1024 * 1024;

/** Serves `/bot<token>/<method>` and `/file/bot<token>/<path>`. Returns false for any other path. */
export async function serveBotApi(
  host: BotApiHost,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<boolean> {
  const path = decodePath(url.pathname);
  const file = /^\/file\/bot([^/]+)\/(.+)$/.exec(path);
  const call = /^\/bot([^/]+)\/(?:test\/)?([^/]*)$/.exec(path);
  if (!file && !call) return false;
  try {
    if (file) sendFile(host.world, response, file[1] ?? '', file[2] ?? '');
    else if (call) await receiveCall(host, request, response, url, { token: call[1] ?? '', name: call[2] ?? '' });
  } catch (error) {
    if (error instanceof ApiError) sendRefusal(response, error);
    else throw error;
  }
  return true;
}

async function receiveCall(
  host: BotApiHost,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  target: { token: string; name: string },
): Promise<void> {
  const { world, faults, calls } = host;
  const bot = findBot(world, target.token);
  const closed = new AbortController();
  response.on('close', () => closed.abort());
  const body = await readBody(request, maxBodyBytes);
  const raw = readParameters(url.searchParams, request.headers['content-type'] ?? '', body);
  const record: RecordedCall = {
    seq: host.nextCallNumber(),
    at: world.clock.now(),
    bot: bot.user.username,
    bot_id: bot.user.id,
    method: world.api.methods.get(target.name.toLowerCase())?.name ?? target.name,
    parameters: raw.files.size > 0 ? { ...raw.values, ...Object.fromEntries(fileNames(raw.files)) } : raw.values,
    applied: false,
    status: 0,
    fault: undefined,
    result: undefined,
    error_code: undefined,
    description: undefined,
  };
  calls.add(record);
  const counts = record.method !== 'getUpdates';
  if (counts) host.onOpenCall(1);
  try {
    const latency = faults.latencyOf(record);
    if (latency > 0) await new Promise<void>((resolve) => world.clock.schedule(latency, resolve));
    await answerCall({ world, bot, raw, record, response, signal: closed.signal }, faults.take(record));
  } finally {
    if (counts) host.onOpenCall(-1);
  }
}

function findBot(world: World, token: string): BotState {
  if (!/^\d+:[\w-]+$/.test(token)) throw new ApiError(404, 'Not Found');
  const bot = world.botsByToken.get(token);
  if (!bot) throw new ApiError(401, 'Unauthorized');
  return bot;
}

function sendFile(world: World, response: ServerResponse, token: string, path: string): void {
  const file = world.files.findByPath(findBot(world, token).user.id, path);
  if (!file) throw new ApiError(404, 'Not Found');
  // Telegram does not send the type of a file either.
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': file.bytes.length });
  response.end(file.bytes);
}

function fileNames(files: ReadonlyMap<string, { name: string }>): [string, string][] {
  return [...files].map(([field, file]) => [field, `(upload) ${file.name}`]);
}

/** Decodes a path: clients may encode the colon of a token as `%3A`. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
