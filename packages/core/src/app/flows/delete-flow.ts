import type { Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';

/** Deletes a flow; people who are inside are let go when they write next. Raises BOT_NOT_FOUND, FLOW_NOT_FOUND. */
export async function deleteFlow({ storage, runtime }: AppContext, scope: Scope, bot_id: string, id: string): Promise<void> {
  await storage.flows.delete(scope, bot_id, id);
  runtime.invalidateBot(bot_id);
}
