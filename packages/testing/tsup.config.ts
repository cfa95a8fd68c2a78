import { libraryBuild } from '../../tsup.base.ts';

export default libraryBuild({
  index: 'src/index.ts',
  'storage-conformance': 'src/storage-conformance.ts',
  'http-conformance': 'src/http-conformance.ts',
});
