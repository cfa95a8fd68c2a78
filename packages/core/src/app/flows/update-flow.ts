import { z } from 'zod';
import { contract } from '../../contract/index.ts';
import type { Flow, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { findBot } from '../bots/find-bot.ts';
import { consequencesOf, followChange } from '../bots/follow-change.ts';
import { checkInput } from '../check-input.ts';
import { checkFlow } from './check-flow.ts';
import { getFlow } from './get-flow.ts';

const { shape } = contract.flows.replace.body;
const schema = z.strictObject({
  name: shape.name.optional(),
  flow_data: shape.flow_data.optional(),
  // Without the defaults: what is not given stays.
  trigger_command: shape.trigger_command.unwrap().optional(),
  is_default: shape.is_default.unwrap().optional(),
  is_active: shape.is_active.unwrap().optional(),
});
export type UpdateFlowInput = z.input<typeof schema>;

/**
 * Changes what is given. Other `flow_data` publishes a new version; people who are inside stay on theirs.
 *
 * @throws VALIDATION_FAILED, FLOW_DATA_INVALID with every problem and its path, BOT_NOT_FOUND, FLOW_NOT_FOUND, FLOW_COMMAND_TAKEN, FLOW_DEFAULT_TAKEN.
 */
export async function updateFlow(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  id: string,
  input: UpdateFlowInput,
): Promise<Flow> {
  const change = checkInput(schema, input);
  const present = await getFlow(context, scope, bot_id, id);
  if (change.flow_data !== undefined) {
    const { name, trigger_command } = { ...present, ...given(change) };
    await checkFlow(
      context,
      await findBot(context, scope, bot_id),
      { flow_id: id, name, trigger_command },
      change.flow_data,
    );
  }
  const flow = await followChange(context, bot_id, consequencesOf(present.flow_data, change.flow_data), () =>
    context.storage.flows.update(scope, bot_id, id, change),
  );
  context.runtime.invalidateBot(bot_id);
  return flow;
}

function given({ name, trigger_command }: z.output<typeof schema>): {
  readonly name?: string;
  readonly trigger_command?: string | null;
} {
  return { ...(name !== undefined && { name }), ...(trigger_command !== undefined && { trigger_command }) };
}
