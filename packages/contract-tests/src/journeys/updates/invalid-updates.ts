/** Bodies that are not valid updates. */
export const INVALID_UPDATES: readonly string[] = [
  '',
  '{',
  'null',
  '[]',
  '"update"',
  '42',
  '{}',
  '{"message":{"message_id":1}}',
  '{"update_id":null}',
  '{"update_id":"1"}',
  '{"update_id":1.5}',
  '{"update_id":-1}',
  '{"update_id":1e400}',
  '[{"update_id":1}]',
  `{"update_id":1,"message":${'['.repeat(200)}${']'.repeat(200)}}`,
];
