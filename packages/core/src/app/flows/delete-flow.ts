import type { Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { sideJobsFor, withSideJobs } from '../bots/with-side-jobs.ts';
import { getFlow } from './get-flow.ts';

/**
 * Deletes a flow. Users who are in it leave it with their next message.
 *
 * @throws BOT_NOT_FOUND, FLOW_NOT_FOUND
 */
export async function deleteFlow(context: AppContext, scope: Scope, bot_id: string, id: string): Promise<void> {
  const { storage, runtime } = context;
  const { flow_data } = await getFlow(context, scope, bot_id, id);
  await withSideJobs(context, bot_id, sideJobsFor(flow_data), () => storage.flows.delete(scope, bot_id, id));
  runtime.invalidateBot(bot_id);
}
