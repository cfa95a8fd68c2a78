import { posix } from 'node:path';
import type { SourceFacts } from './source-file.ts';
import type { Violation } from './violation.ts';

/** Folders of packages whose folders are layers, from the bottom to the top. A folder may only import earlier ones. */
const folderOrders: Readonly<Record<string, readonly string[]>> = {
  'packages/fake-telegram/src/': [
    'call',
    'api-data',
    'entities',
    'parameters',
    'delivery',
    'state',
    'sending',
    'methods',
    'driver',
    'chat-window',
    'server',
  ],
};

/** Checks that a file imports only folders below its own. Tests are exempt. */
export function checkFolderOrder({ file, imports }: SourceFacts): Violation[] {
  const source = Object.keys(folderOrders).find((folder) => file.startsWith(folder));
  if (source === undefined || file.endsWith('.test.ts')) return [];
  const order = folderOrders[source] ?? [];
  const own = order.indexOf(folderOf(file, source));
  if (own === -1) return [];
  return imports.flatMap(({ specifier, line }) => {
    if (!specifier.startsWith('.')) return [];
    const folder = folderOf(posix.join(posix.dirname(file), specifier), source);
    return order.indexOf(folder) > own
      ? [{ file, line, rule: `${order[own]}/ may not import ${folder}/, which is a higher layer` }]
      : [];
  });
}

function folderOf(file: string, source: string): string {
  return file.slice(source.length).split('/')[0] ?? '';
}
