import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * Type-checks a consumer that imports every entry, and the declarations of the entries themselves.
 *
 * @param project - folder with `node_modules`
 * @returns a message for every error in the consumer or in our declarations; other packages' own errors are not ours
 */
export async function checkTypes(project: string, specifiers: readonly string[]): Promise<string[]> {
  const consumer = join(project, 'consumer.ts');
  const imports = specifiers.map((specifier, index) => `export * as entry${index} from '${specifier}';`);
  await writeFile(consumer, `${imports.join('\n')}\n`);
  const program = ts.createProgram([consumer], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    types: ['node'],
  });
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => !file || file.fileName.startsWith(project.replaceAll('\\', '/')))
    .map(
      ({ file, messageText }) =>
        `${file?.fileName ?? 'program'}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
}
