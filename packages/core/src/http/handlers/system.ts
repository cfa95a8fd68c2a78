import type { contract } from '../../contract/index.ts';
import { docsPage } from '../docs-page/docs-page.ts';
import type { Handlers } from '../handlers-type.ts';
import { openApiDocument } from '../openapi/openapi-document.ts';
import type { HandlerContext } from './handler-context.ts';

export const system: Handlers<typeof contract, HandlerContext>['system'] = {
  health: () => ({ status: 'ok' }),
  async ready(_request, context) {
    await context.checkReady();
    return { status: 'ready' };
  },
  openapi: ({ base }) => openApiDocument(base),
  docs: ({ base }) => docsPage(base),
};
