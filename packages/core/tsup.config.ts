import { browserBuild, libraryBuild } from '../../tsup.base.ts';
import { stripErrorCodes } from './strip-error-codes.ts';
import { stripLabels } from './strip-labels.ts';
import { trimDependencies } from './trim-dependencies.ts';

const noExternal = ['liquidjs', 're2js'];
const trim = trimDependencies(import.meta.dirname);

export default [
  libraryBuild(
    {
      index: 'src/index.ts',
      sqlite: 'src/sqlite.ts',
      postgres: 'src/postgres.ts',
      flow: 'src/flow-entry.ts',
      'flow-schema': 'src/flow-schema-entry.ts',
      http: 'src/http/index.ts',
      client: 'src/client/index.ts',
    },
    { noExternal, esbuildPlugins: [trim] },
  ),
  browserBuild({ flow: 'src/flow-entry.ts' }, { noExternal, esbuildPlugins: [trim, stripLabels(), stripErrorCodes()] }),
];
