import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BotState, Room } from '../state/bot-state.ts';
import type { World } from '../state/world.ts';
import { roomSnapshot, roomStatus } from './room-view.ts';
import { securityHeaders } from './serve-asset.ts';

/** Interval of the checks for changes that cause no event of the room. */
const statusIntervalMs = 100;

/** Streams a chat to a page as server-sent events: a snapshot, then every event. */
export function streamRoom(
  world: World,
  bot: BotState,
  room: Room,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  let sent = room.events.length;
  let lastStatus = '';
  let statusTimer: NodeJS.Timeout | undefined;

  function send(name: string, data: unknown): void {
    response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  function sendEvents(): void {
    for (const event of room.events.slice(sent)) send('room', event);
    sent = room.events.length;
    watchStatus();
  }

  /** Sends the status at most once per interval, and only when it has changed. */
  function watchStatus(): void {
    statusTimer ??= setTimeout(() => {
      statusTimer = undefined;
      const status = roomStatus(world, bot, room);
      const text = JSON.stringify(status);
      if (text !== lastStatus) send('status', status);
      lastStatus = text;
    }, statusIntervalMs);
  }

  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
  });
  send('snapshot', roomSnapshot(world, bot, room));
  room.listeners.add(sendEvents);
  world.activity.watchers.add(watchStatus);
  request.on('close', () => {
    clearTimeout(statusTimer);
    room.listeners.delete(sendEvents);
    world.activity.watchers.delete(watchStatus);
  });
}
