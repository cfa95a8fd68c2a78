import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** What the flow language and its engine raise: of all that the server does, browsers need no word. */
const RAISED = new Set(['FLOW_DATA_INVALID']);

/** Leaves rows out of the table of error codes. Fails where it is not written as expected, and where a module raises a code that would be missing. */
export function stripErrorCodes(): Plugin {
  return {
    name: 'strip-error-codes',
    setup(build) {
      build.onLoad({ filter: /[\\/]src[\\/]errors[\\/]error-codes\.ts$/ }, async ({ path }) => ({
        contents: withRaisedOnly(await readFile(path, 'utf8')),
        loader: 'ts',
      }));
      build.onLoad({ filter: /[\\/]src[\\/](engine|simulation|model)[\\/].*\.ts$/ }, async ({ path }) => {
        checkRaised(path, await readFile(path, 'utf8'));
        return undefined;
      });
    },
  };
}

/** Raises an error for a code that browsers would not have. */
export function checkRaised(path: string, source: string): void {
  for (const [, code = ''] of source.matchAll(/new BotloomError\(\s*'([A-Z_]+)'/g)) {
    if (!RAISED.has(code))
      throw new Error(`${path} raises ${code} in browsers: put it among the codes of strip-error-codes.ts.`);
  }
}

export function withRaisedOnly(source: string): string {
  let kept = 0;
  const lines = source.split('\n').filter((line) => {
    const [, code] = /^ {2}([A-Z_]+): \{ status: \d+, title: '[^']*' \},$/.exec(line) ?? [];
    if (code === undefined) return true;
    if (RAISED.has(code)) kept += 1;
    return RAISED.has(code);
  });
  if (kept !== RAISED.size) throw new Error('The table of error codes is not written as expected: a row a line.');
  return lines.join('\n');
}
