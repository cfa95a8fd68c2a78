import { z } from 'zod';
import { upload, UPLOAD_LIMITS } from '../model/index.ts';
import { described } from './described.ts';
import { endpoint } from './endpoint.ts';
import { listQuery, pageOf } from './queries.ts';

export const uploads = {
  create: endpoint({
    method: 'POST',
    path: '/api/bots/:id/uploads',
    permission: 'write',
    query: z.strictObject({
      name: described(
        z
          .string()
          .trim()
          .min(1)
          .max(UPLOAD_LIMITS.name)
          .regex(/^[^\p{Cc}\p{Cs}/\\]*$/u, 'must be a file name without slashes and control characters'),
        'Name of the file, with its extension. Telegram shows it for documents.',
      ),
    }),
    body: 'bytes',
    body_limit: UPLOAD_LIMITS.file,
    response: upload,
    status: 201,
    errors: ['BOT_NOT_FOUND', 'UPLOAD_QUOTA_REACHED'],
    summary: 'Upload a file for a bot',
    description:
      'The body is the file itself, up to 50 MB, with its own content type: `image/png`, or ' +
      '`application/octet-stream` if no other type fits. Forms and `text/plain` are refused, because pages ' +
      'of other sites could send them. Flows send the file as `upload:{id}`. The same bytes with the same ' +
      'name and type are one upload: if it exists already, it is returned.',
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/bots/:id/uploads',
    permission: 'read',
    query: listQuery({}),
    response: pageOf(upload),
    errors: ['BOT_NOT_FOUND', 'CURSOR_INVALID'],
    summary: 'List the uploads of a bot, newest first',
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/bots/:id/uploads/:upload_id',
    permission: 'read',
    response: upload,
    errors: ['BOT_NOT_FOUND', 'UPLOAD_NOT_FOUND'],
    summary: 'Get one upload',
  }),
  content: endpoint({
    method: 'GET',
    path: '/api/bots/:id/uploads/:upload_id/content',
    permission: 'read',
    response: 'file',
    errors: ['BOT_NOT_FOUND', 'UPLOAD_NOT_FOUND'],
    summary: 'Download an upload',
  }),
  delete: endpoint({
    method: 'DELETE',
    path: '/api/bots/:id/uploads/:upload_id',
    permission: 'write',
    response: 'empty',
    errors: ['BOT_NOT_FOUND', 'UPLOAD_NOT_FOUND', 'UPLOAD_IN_USE'],
    summary: 'Delete an upload',
    description:
      'Refused while the current version of a flow uses the upload. Older versions that users are still in ' +
      'fail to send it after that.',
  }),
};
