import { z } from 'zod';
import { contract } from '../../contract/index.ts';
import type { Flow, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { changeFlow } from './change-flow.ts';

const { shape } = contract.flows.replace.body;
const schema = z.strictObject({
  name: shape.name.optional(),
  flow_data: shape.flow_data.optional(),
  // Without the defaults: a member that is left out does not change.
  trigger_command: shape.trigger_command.unwrap().optional(),
  is_default: shape.is_default.unwrap().optional(),
  is_active: shape.is_active.unwrap().optional(),
});
export type UpdateFlowInput = z.input<typeof schema>;

/**
 * Changes the given members of a flow. Changed `flow_data` publishes a new version; users who are in the flow stay in
 * their version.
 *
 * @throws VALIDATION_FAILED, BOT_NOT_FOUND, FLOW_NOT_FOUND, FLOW_COMMAND_TAKEN, FLOW_DEFAULT_TAKEN
 * @throws FLOW_DATA_INVALID - with every problem and its path
 */
export async function updateFlow(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  id: string,
  input: UpdateFlowInput,
): Promise<Flow> {
  return changeFlow(context, scope, bot_id, id, checkInput(schema, input));
}
