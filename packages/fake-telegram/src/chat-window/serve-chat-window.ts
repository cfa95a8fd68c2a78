import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError, badRequest } from '../call/api-error.ts';
import { readBody } from '../call/read-body.ts';
import { sendRefusal } from '../call/send-response.ts';
import type { PersonState } from '../state/person-state.ts';
import { privateRoom } from '../state/rooms.ts';
import type { World } from '../state/world.ts';
import { act, readAction, type Actor } from './act.ts';
import { botList } from './room-view.ts';
import { securityHeaders, serveAsset } from './serve-asset.ts';
import { streamRoom } from './stream-room.ts';

/** The dependencies of the chat window. */
export interface ChatWindowHost {
  world: World;
  /** Returns the person with this first name. Creates it if necessary. */
  findPerson(name: string): PersonState;
}

const maxBodyBytes = 30 * 1024 * 1024;
const prefix = '/chat-window/';

/** Serves the page and its endpoints. Returns false for any other path. */
export async function serveChatWindow(
  host: ChatWindowHost,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<boolean> {
  if (url.pathname === '/' && request.method === 'GET') return await serveAsset(response, 'index.html');
  if (!url.pathname.startsWith(prefix)) return false;
  const name = url.pathname.slice(prefix.length);
  try {
    if (request.method === 'POST' && name === 'act') await receiveAction(host, request, response);
    else if (request.method !== 'GET') throw new ApiError(405, 'Method Not Allowed');
    else if (name === 'bots') sendJson(response, botList(host.world));
    else if (name === 'events') openStream(host, request, response, url);
    else if (name.startsWith('files/')) sendFile(host, response, name.slice('files/'.length));
    else return await serveAsset(response, name);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    sendRefusal(response, error);
  }
  return true;
}

async function receiveAction(host: ChatWindowHost, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Browsers send JSON of other sites only after a preflight request, which is never answered here.
  if (!request.headers['content-type']?.startsWith('application/json')) throw badRequest('JSON expected');
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') throw new ApiError(403, 'Forbidden: another site');
  const { bot, person, action } = readAction(await readBody(request, maxBodyBytes));
  act(findActor(host, bot, person), action);
  sendJson(response, { ok: true });
}

function openStream(host: ChatWindowHost, request: IncomingMessage, response: ServerResponse, url: URL): void {
  const actor = findActor(host, Number(url.searchParams.get('bot')), url.searchParams.get('person') ?? '');
  streamRoom(host.world, actor.bot, actor.room, request, response);
}

function findActor(host: ChatWindowHost, botId: number, name: string): Actor {
  const { world } = host;
  const bot = world.botsById.get(botId);
  if (!bot) throw new ApiError(404, 'Not Found: there is no such bot');
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > 64) throw badRequest('a name must have 1-64 characters');
  const person = host.findPerson(trimmed);
  return { world, bot, person, room: privateRoom(bot, person) };
}

/** Shows pictures and downloads anything else, so that no file of a bot or a person runs in the page's origin. */
function sendFile({ world }: ChatWindowHost, response: ServerResponse, path: string): void {
  const [botId, fileId] = path.split('/');
  const file = world.files.find(Number(botId), fileId ?? '');
  if (!file) throw new ApiError(404, 'Not Found');
  const isImage = /^image\/(png|jpeg|gif|webp)$/.test(file.mime_type);
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': isImage ? file.mime_type : 'application/octet-stream',
    'Content-Disposition': isImage ? 'inline' : 'attachment',
    'Content-Length': file.bytes.length,
  });
  response.end(file.bytes);
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { ...securityHeaders, 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
