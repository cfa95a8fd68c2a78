import { createUpload, deleteUpload, getUpload, getUploadContent, listUploads } from '../../app/index.ts';
import type { contract } from '../../contract/index.ts';
import type { Handlers } from '../handlers-type.ts';
import type { HandlerContext } from './handler-context.ts';

export const uploads: Handlers<typeof contract, HandlerContext>['uploads'] = {
  create: ({ principal, params, query, body }, context) =>
    createUpload(context, principal, params.id, {
      name: query.name,
      content_type: body.content_type,
      content: body.bytes,
    }),
  list: ({ principal, params, query }, context) => listUploads(context, principal, params.id, query),
  get: ({ principal, params }, context) => getUpload(context, principal, params.id, params.upload_id),
  content: ({ principal, params }, context) => getUploadContent(context, principal, params.id, params.upload_id),
  delete: ({ principal, params }, context) => deleteUpload(context, principal, params.id, params.upload_id),
};
