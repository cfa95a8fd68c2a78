import { docsPage } from '../docs-page/docs-page.ts';
import { openApiDocument } from '../openapi/openapi-document.ts';
import type { ApiContract } from './api-contract.ts';
import type { Handler } from './handlers-type.ts';
import type { EndpointAt, HttpOnlyName } from './translation.ts';

/** The endpoints without a use case. */
export const httpOnlyHandlers: {
  readonly [Name in HttpOnlyName<ApiContract>]: Handler<EndpointAt<ApiContract, Name>, unknown>;
} = {
  'system.health': () => ({ status: 'ok' }),
  'system.openapi': ({ base }) => openApiDocument(base),
  'system.docs': ({ base }) => docsPage(base),
};
