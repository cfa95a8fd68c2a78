import { BotloomError, formatProblems } from '../../errors/index.ts';
import { validateFlow, type KnownFlow } from '../../flow/index.ts';
import { SECRET_LIMITS, type Bot, type JsonObject } from '../../model/index.ts';
import type { Storage } from '../../storage/index.ts';
import type { AppContext } from '../app-context.ts';

/**
 * Validates a flow document, including its references to other flows, secrets, chats and uploads of the bot.
 *
 * @throws FLOW_DATA_INVALID - with every problem
 */
export async function checkFlow(
  { storage, actions }: AppContext,
  { id, settings }: Bot,
  self: Omit<KnownFlow, 'flow_data'>,
  flow_data: JsonObject,
): Promise<void> {
  const { flows } = await storage.flows.published(id);
  const secrets = (await storage.secrets.list({ owner: null }, id, { limit: SECRET_LIMITS.secrets })).items;
  const uploads = await findReferencedUploads(storage, id, flow_data);
  const problems = validateFlow(flow_data, {
    flows,
    self,
    actions,
    uploads,
    chats: new Set(Object.keys(settings.chats ?? {})),
    secrets: new Set(secrets.map(({ name }) => name)),
  });
  if (problems.length === 0) return;
  throw new BotloomError('FLOW_DATA_INVALID', formatProblems(problems), { problems });
}

/** Returns the sizes of the existing uploads that the document names, in bytes by ID. */
async function findReferencedUploads(
  storage: Storage,
  bot_id: string,
  flow_data: JsonObject,
): Promise<ReadonlyMap<string, number>> {
  const ids = [...JSON.stringify(flow_data).matchAll(/"upload:([0-9a-f-]{36})"/g)].map(([, id = '']) => id);
  if (ids.length === 0) return new Map();
  return new Map([...(await storage.uploads.find(bot_id, ids)).values()].map(({ id, size }) => [id, size]));
}
