import { libraryBuild } from '../../tsup.base.ts';

export default libraryBuild({
  index: 'src/index.ts',
  sqlite: 'src/sqlite.ts',
  postgres: 'src/postgres.ts',
  flow: 'src/flow-entry.ts',
  'flow-schema': 'src/flow-schema-entry.ts',
  http: 'src/http/index.ts',
  client: 'src/client/index.ts',
});
