import { useCases, type AppContext } from '../app/index.ts';
import { EVERY_ROW, UPLOAD_LIMITS } from '../model/index.ts';
import { assembleApi } from './assemble-api.ts';
import type { Authenticate, Credentials } from './authenticate.ts';
import { createMemoryBudget } from './body/memory-budget.ts';
import { createRoutes } from './create-routes.ts';
import { apiContract } from './handlers/api-contract.ts';
import { createHandlers } from './handlers/create-handlers.ts';
import type { HttpApi } from './http-types.ts';
import { webhookRoute } from './webhook/webhook-route.ts';

/**
 * The bytes that files may take in memory while they are uploaded, all together: a few of the largest, or many small
 * ones.
 */
const UPLOAD_MEMORY_BYTES = 3 * UPLOAD_LIMITS.file;

export interface HttpApiOptions {
  readonly context: AppContext;
  /** Authenticates callers by means of the host, before API keys are tried. */
  readonly authenticate?: Authenticate | undefined;
}

/**
 * Returns the REST API and the webhook, ready for an adapter.
 *
 * @example
 * const http = createHttpApi({ context, authenticate });
 */
export function createHttpApi({ context, authenticate }: HttpApiOptions): HttpApi {
  const { runtime, logger, clock } = context;
  const credentials: Credentials = {
    authenticate,
    findApiKey: (key) => useCases.apiKeys.find(context, EVERY_ROW, key),
  };
  const gate = {
    findBot: (bot_id: string) => runtime.bots.getFresh(bot_id),
    reloadBot: (bot_id: string) => runtime.bots.reload(bot_id),
    processUpdate: runtime.processUpdate.bind(runtime),
  };
  const routes = createRoutes(apiContract, createHandlers(), context, {
    credentials,
    logger,
    memory: createMemoryBudget(UPLOAD_MEMORY_BYTES),
  });
  return assembleApi([webhookRoute({ gate, logger, clock }), ...routes], logger);
}
