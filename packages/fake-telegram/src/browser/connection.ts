import type { BotSummary, PageAction, RoomSnapshot, RoomStatus } from '../chat-window/protocol.ts';
import type { RoomEvent } from '../state/room-event.ts';

/** Callbacks for the events of a chat. */
export interface ChatHandlers {
  snapshot(snapshot: RoomSnapshot): void;
  room(event: RoomEvent): void;
  status(status: RoomStatus): void;
  /** Called when the connection is lost; the browser reconnects automatically. */
  away(): void;
}

/** An open chat. */
export interface OpenChat {
  /** Performs an action of the person. Resolves with the reason if it is refused. */
  act(action: PageAction): Promise<string | undefined>;
  close(): void;
}

/** Opens the event stream of one chat. */
export function openChat(bot: number, person: string, handlers: ChatHandlers): OpenChat {
  const source = new EventSource(`/chat-window/events?${new URLSearchParams({ bot: String(bot), person }).toString()}`);
  // The server that sends these events is part of this package and uses the same types.
  source.addEventListener('snapshot', (event) => handlers.snapshot(JSON.parse(dataOf(event)) as RoomSnapshot));
  source.addEventListener('room', (event) => handlers.room(JSON.parse(dataOf(event)) as RoomEvent));
  source.addEventListener('status', (event) => handlers.status(JSON.parse(dataOf(event)) as RoomStatus));
  source.addEventListener('error', () => handlers.away());
  return {
    close: () => source.close(),
    async act(action) {
      try {
        const response = await fetch('/chat-window/act', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ bot, person, action }),
        });
        if (response.ok) return undefined;
        const problem = (await response.json()) as { description: string };
        return problem.description.replace(/^Bad Request: /, '');
      } catch {
        return 'The fake Telegram does not respond. Is it still running?';
      }
    },
  };
}

/** Fetches the list of bots. */
export async function fetchBots(): Promise<BotSummary[]> {
  const response = await fetch('/chat-window/bots');
  return (await response.json()) as BotSummary[];
}

function dataOf(event: MessageEvent): string {
  return String(event.data);
}
