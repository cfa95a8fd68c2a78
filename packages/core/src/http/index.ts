export { BotloomError, isBotloomError } from '../errors/index.ts';
export {
  commonErrors,
  contract,
  listEndpoints,
  type Contract,
  type Endpoint,
  type NamedEndpoint,
} from '../contract/index.ts';
export { assembleApi } from './assemble-api.ts';
export type { Authenticate, Credentials } from './authenticate.ts';
export { createHttpApi, type HttpApiOptions } from './create-http-api.ts';
export { discardBody } from './discard-body.ts';
export { createFetchHandler, type FetchHandlerOptions } from './fetch-handler.ts';
export {
  isResponse,
  type Admission,
  type HeaderValue,
  type HttpApi,
  type HttpResponse,
  type HttpRoute,
  type RequestBody,
  type RequestHead,
} from './http-types.ts';
export { readNodeBody } from './node/read-node-body.ts';
export { splitTarget, type RequestTarget } from './node/request-target.ts';
export { limitUnreadBody, hasBody } from './node/unread-body.ts';
export type { WebhookBot, WebhookGate } from './webhook/webhook-gate.ts';
export { openApiDocument } from './openapi/openapi-document.ts';
