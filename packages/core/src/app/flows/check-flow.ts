import { BotloomError, problemsInWords } from '../../errors/index.ts';
import { validateFlow, type KnownFlow } from '../../flow/index.ts';
import { SECRET_LIMITS, type Bot, type JsonObject } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';

/** Raises FLOW_DATA_INVALID with everything that is wrong with the document, references to the bot's other flows among it. */
export async function checkFlow({ storage, actions }: AppContext, { id, settings }: Bot, self: Omit<KnownFlow, 'flow_data'>, flow_data: JsonObject): Promise<void> {
  const { flows } = await storage.flows.published(id);
  const secrets = (await storage.secrets.list({ owner: null }, id, { limit: SECRET_LIMITS.secrets })).items;
  const problems = validateFlow(flow_data, { flows, self, actions, chats: new Set(Object.keys(settings.chats ?? {})), secrets: new Set(secrets.map(({ name }) => name)) });
  if (problems.length === 0) return;
  throw new BotloomError('FLOW_DATA_INVALID', problemsInWords(problems), { problems });
}
