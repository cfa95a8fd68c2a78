import type { Bot, Botloom } from '@botloom/core';

/** Returns all bots, oldest first. */
export async function listAllBots({ bots }: Botloom): Promise<Bot[]> {
  const all: Bot[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await bots.list({ limit: 100, ...(cursor === undefined ? {} : { cursor }) });
    all.push(...page.items);
    if (page.next === null) return all.reverse();
    cursor = page.next;
  }
}
