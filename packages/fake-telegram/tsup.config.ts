import { browserBuild, libraryBuild } from '../../tsup.base.ts';

export default [
  libraryBuild({ index: 'src/index.ts' }),
  // The page of the chat window, which the server reads as a file.
  browserBuild({ app: 'src/browser/app.ts' }),
];
