import type { AppContext } from '../app/index.ts';
import { contract } from '../contract/index.ts';
import { UPLOAD_LIMITS } from '../model/index.ts';
import { assembleApi } from './assemble-api.ts';
import type { Authenticate } from './authenticate.ts';
import { createMemoryBudget } from './body/memory-budget.ts';
import { createRoutes } from './create-routes.ts';
import type { HandlerContext } from './handlers/handler-context.ts';
import { handlers, type ApiContract } from './handlers/index.ts';
import type { HttpApi } from './http-types.ts';
import { shareForASecond } from './share-for-a-second.ts';
import { webhookRoute } from './webhook/webhook-route.ts';

/** Bytes of files on their way in, together: a few of the largest, or many small ones. */
const RAW_BODIES = 3 * UPLOAD_LIMITS.file;

export interface HttpApiOptions {
  readonly context: AppContext;
  /** The host's own way of knowing who calls; asked before API keys are. */
  readonly authenticate?: Authenticate | undefined;
}

/**
 * The REST API and the webhook, ready for an adapter.
 *
 * @example
 * const http = createHttpApi({ context, authenticate });
 */
export function createHttpApi({ context, authenticate }: HttpApiOptions): HttpApi {
  const { storage, runtime, logger, clock } = context;
  const { webhook: _, ...api }: typeof contract = contract;
  const handlerContext: HandlerContext = { ...context, checkReady: shareForASecond(clock, () => storage.ready()) };
  const credentials = { authenticate, findApiKey: (hash: string) => storage.api_keys.findByHash(hash) };
  const gate = {
    findBot: (bot_id: string) => runtime.bots.fresh(bot_id),
    reloadBot: (bot_id: string) => runtime.bots.reload(bot_id),
    processUpdate: runtime.processUpdate.bind(runtime),
  };
  const routes = createRoutes<ApiContract, HandlerContext>(api, handlers, handlerContext, {
    credentials,
    logger,
    memory: createMemoryBudget(RAW_BODIES),
  });
  return assembleApi([webhookRoute({ gate, logger, clock }), ...routes], logger);
}
