import type { z } from 'zod';
import { contract } from '../../contract/index.ts';
import type { Flow, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from '../bots/get-bot.ts';
import { sideJobsFor, withSideJobs } from '../bots/with-side-jobs.ts';
import { checkInput } from '../check-input.ts';
import { checkFlow } from './check-flow.ts';

const schema = contract.flows.create.body;
export type CreateFlowInput = z.input<typeof schema>;

/**
 * Publishes the first version of a flow. The command can have a leading slash.
 *
 * @throws VALIDATION_FAILED, BOT_NOT_FOUND, FLOW_COMMAND_TAKEN, FLOW_DEFAULT_TAKEN
 * @throws FLOW_DATA_INVALID - with every problem and its path
 */
export async function createFlow(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  input: CreateFlowInput,
): Promise<Flow> {
  const flow = checkInput(schema, input);
  const bot = await getBot(context, scope, bot_id);
  await checkFlow(
    context,
    bot,
    { flow_id: '', name: flow.name, trigger_command: flow.trigger_command },
    flow.flow_data,
  );
  const created = await withSideJobs(context, bot_id, sideJobsFor(flow.flow_data), () =>
    context.storage.flows.create(scope, { ...flow, bot_id }),
  );
  context.runtime.invalidateBot(bot_id);
  return created;
}
