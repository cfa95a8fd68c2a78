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
      'What is known of them; the keys themselves are shown once, when they are made. Callers who are confined to an owner see the keys of that one.',
  }),
  revoke: endpoint({
    method: 'DELETE',
    path: '/api/api_keys/:api_key_id',
    permission: 'admin',
    response: 'empty',
    errors: ['API_KEY_NOT_FOUND'],
    summary: 'Revoke an API key',
    description: 'From now on it opens nothing, also when it is the key of this call.',
  }),
  create: codeOnly('A key must not be able to make other keys.'),
  find: codeOnly('Looks a key up by its text, to authenticate a caller.'),
  count: codeOnly('Counts the keys of all owners.'),
};
