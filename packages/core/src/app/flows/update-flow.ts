import { z } from 'zod';
import { contract } from '../../contract/index.ts';
import { compileFlow } from '../../flow/index.ts';
import type { Flow, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';

const { name, flow_data, trigger_command, is_default, is_active } = contract.flows.replace.body.shape;
const schema = z.strictObject({
  name: name.optional(),
  flow_data: flow_data.optional(),
  // Without the defaults: what is not given stays.
  trigger_command: trigger_command.unwrap().optional(),
  is_default: is_default.unwrap().optional(),
  is_active: is_active.unwrap().optional(),
});
export type UpdateFlowInput = z.input<typeof schema>;

/**
 * Changes what is given. Other `flow_data` publishes a new version; people who are inside stay on theirs.
 *
 * @throws VALIDATION_FAILED, FLOW_DATA_INVALID with every problem and its path, BOT_NOT_FOUND, FLOW_NOT_FOUND, FLOW_COMMAND_TAKEN, FLOW_DEFAULT_TAKEN.
 */
export async function updateFlow({ storage, runtime }: AppContext, scope: Scope, bot_id: string, id: string, input: UpdateFlowInput): Promise<Flow> {
  const change = checkInput(schema, input);
  if (change.flow_data !== undefined) compileFlow(change.flow_data);
  const flow = await storage.flows.update(scope, bot_id, id, change);
  runtime.invalidateBot(bot_id);
  return flow;
}
