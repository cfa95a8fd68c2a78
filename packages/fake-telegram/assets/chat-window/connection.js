// @ts-check

/**
 * The stream of one chat and the actions in it.
 *
 * @param {number} bot
 * @param {string} person
 * @param {{ snapshot(data: any): void, room(event: any): void, status(data: any): void, away(): void }} handlers
 */
export function openChat(bot, person, handlers) {
  const source = new EventSource(`/chat-window/events?${new URLSearchParams({ bot: String(bot), person })}`);
  source.addEventListener('snapshot', (event) => handlers.snapshot(JSON.parse(event.data)));
  source.addEventListener('room', (event) => handlers.room(JSON.parse(event.data)));
  source.addEventListener('status', (event) => handlers.status(JSON.parse(event.data)));
  source.addEventListener('error', () => handlers.away());
  return {
    close: () => source.close(),
    /**
     * Does something as the person. Answers why it was refused, or nothing.
     *
     * @param {Record<string, unknown>} action
     * @returns {Promise<string | undefined>}
     */
    async act(action) {
      try {
        const response = await fetch('/chat-window/act', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ bot, person, action }),
        });
        if (response.ok) return undefined;
        const problem = await response.json();
        return String(problem.description).replace(/^Bad Request: /, '');
      } catch {
        return 'The fake Telegram does not answer. Is it still running?';
      }
    },
  };
}

/** @returns {Promise<{ id: number, username: string, first_name: string }[]>} */
export async function fetchBots() {
  const response = await fetch('/chat-window/bots');
  return await response.json();
}
