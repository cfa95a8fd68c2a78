import type { Flow, Scope } from '../../model/index.ts';
import type { FlowChange } from '../../storage/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from '../bots/get-bot.ts';
import { sideJobsFor, withSideJobs } from '../bots/with-side-jobs.ts';
import { checkFlow } from './check-flow.ts';
import { getFlow } from './get-flow.ts';

/** Writes a change whose form has been checked: the part that `updateFlow` and `replaceFlow` share. */
export async function changeFlow(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  id: string,
  change: FlowChange,
): Promise<Flow> {
  const present = await getFlow(context, scope, bot_id, id);
  if (change.flow_data !== undefined) {
    const { name = present.name, trigger_command = present.trigger_command } = change;
    const bot = await getBot(context, scope, bot_id);
    await checkFlow(context, bot, { flow_id: id, name, trigger_command }, change.flow_data);
  }
  const flow = await withSideJobs(context, bot_id, sideJobsFor(present.flow_data, change.flow_data), () =>
    context.storage.flows.update(scope, bot_id, id, change),
  );
  context.runtime.invalidateBot(bot_id);
  return flow;
}
