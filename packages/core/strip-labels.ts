import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import ts from 'typescript';
import { checkRaised } from './strip-error-codes.ts';

/**
 * Leaves the titles and descriptions out of the schemas: `labelled(schema, …)` becomes the schema. For browsers, which check flows with them but
 * get forms and words from `@botloom/core/flow-schema`.
 */
export function stripLabels(): Plugin {
  return {
    name: 'strip-labels',
    setup(build) {
      build.onLoad({ filter: /[\\/]src[\\/]flow[\\/].*\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        // A file is loaded by one plugin only.
        checkRaised(path, source);
        return { contents: withoutLabels(source), loader: 'ts' };
      });
    },
  };
}

function withoutLabels(source: string): string {
  if (!source.includes('labelled(')) return source;
  const file = ts.createSourceFile('schema.ts', source, ts.ScriptTarget.Latest, true);
  const print = (node: ts.Node): string => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'labelled') {
      const [schema] = node.arguments;
      if (schema !== undefined) return print(schema);
    }
    let text = '';
    let at = node.getStart(file);
    node.forEachChild((child) => {
      const start = child.getStart(file);
      if (start < at) return;
      text += source.slice(at, start) + print(child);
      at = child.getEnd();
    });
    return text + source.slice(at, node.getEnd());
  };
  return print(file);
}
