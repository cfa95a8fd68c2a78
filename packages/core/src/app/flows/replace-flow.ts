import type { z } from 'zod';
import { contract } from '../../contract/index.ts';
import type { Flow, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { changeFlow } from './change-flow.ts';

const schema = contract.flows.replace.body;
export type ReplaceFlowInput = z.input<typeof schema>;

/**
 * Replaces a flow: members that are left out get their defaults. Changed `flow_data` publishes a new version; users who
 * are in the flow stay in their version.
 *
 * @throws VALIDATION_FAILED, BOT_NOT_FOUND, FLOW_NOT_FOUND, FLOW_COMMAND_TAKEN, FLOW_DEFAULT_TAKEN
 * @throws FLOW_DATA_INVALID - with every problem and its path
 */
export async function replaceFlow(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  id: string,
  input: ReplaceFlowInput,
): Promise<Flow> {
  return changeFlow(context, scope, bot_id, id, checkInput(schema, input));
}
