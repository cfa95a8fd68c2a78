import { BotloomError } from '../../errors/index.ts';
import type { Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { getUpload } from './get-upload.ts';

/** Small, because flows can be long and a page of them is in memory. */
const FLOW_PAGE_SIZE = 20;

/**
 * Deletes an upload.
 *
 * @throws BOT_NOT_FOUND, UPLOAD_NOT_FOUND
 * @throws UPLOAD_IN_USE - while the current version of a flow names it
 */
export async function deleteUpload(context: AppContext, scope: Scope, bot_id: string, id: string): Promise<void> {
  const { storage } = context;
  const upload = await getUpload(context, scope, bot_id, id);
  const flows = await findFlowsUsing(context, scope, bot_id, `upload:${upload.id}`);
  if (flows.length > 0)
    throw new BotloomError(
      'UPLOAD_IN_USE',
      `The upload is used by ${flows.join(', ')}. Change or delete these flows first.`,
    );
  await storage.uploads.delete(scope, bot_id, upload.id);
}

async function findFlowsUsing(
  { storage }: AppContext,
  scope: Scope,
  bot_id: string,
  name: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await storage.flows.list(scope, bot_id, { limit: FLOW_PAGE_SIZE, cursor });
    for (const flow of page.items)
      if (JSON.stringify(flow.flow_data).includes(name)) found.push(`the flow "${flow.name}" (${flow.id})`);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return found;
}
