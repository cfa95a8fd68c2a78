import { apiKey } from '../model/index.ts';
import { codeOnly, endpoint } from './endpoint.ts';
import { listQuery, pageOf } from './queries.ts';

export const apiKeys = {
  list: endpoint({
    method: 'GET',
    path: '/api/api_keys',
    permission: 'admin',
    query: listQuery({}),
    response: pageOf(apiKey),
    errors: ['CURSOR_INVALID'],
    summary: 'List API keys, newest first',
    description:
      'Returns the records of the keys. The key itself is shown only once, when it is created. A caller who ' +
      'is confined to an owner sees the keys of that owner.',
  }),
  revoke: endpoint({
    method: 'DELETE',
    path: '/api/api_keys/:api_key_id',
    permission: 'admin',
    response: 'empty',
    errors: ['API_KEY_NOT_FOUND'],
    summary: 'Revoke an API key',
    description: 'The key stops working at once, even if it is the key of this request.',
  }),
  create: codeOnly('Creates a key. A key must not be able to create other keys.'),
  find: codeOnly('Looks a key up by its text, to authenticate a caller.'),
  count: codeOnly('Counts the keys of all owners.'),
};
