import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { CodeBlock } from './code-block.ts';

/**
 * Type-checks code blocks as modules of one program, without writing them anywhere.
 *
 * @param root - absolute path of the workspace's root
 * @param folder - folder (relative to the root) whose installed packages the blocks see
 * @returns `file:line  message` for every problem
 */
export function checkBlocks(root: string, folder: string, blocks: readonly CodeBlock[]): string[] {
  const options: ts.CompilerOptions = {
    ...readOptions(join(root, 'tsconfig.base.json')),
    // Examples often declare a value without using it.
    noUnusedLocals: false,
    noUnusedParameters: false,
  };
  const texts = new Map(blocks.map((block, index) => [join(root, folder, `code-block-${index}.ts`), block]));
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram({ rootNames: [...texts.keys()], options, host: withBlocks(host, texts) });
  return [...texts].flatMap(([path, block]) => {
    const source = program.getSourceFile(path);
    if (!source) throw new Error(`The compiler did not read ${path}.`);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((diagnostic) => {
      const line = diagnostic.start === undefined ? 0 : source.getLineAndCharacterOfPosition(diagnostic.start).line;
      return `${block.file}:${block.line + line}  ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`;
    });
  });
}

function withBlocks(host: ts.CompilerHost, blocks: ReadonlyMap<string, CodeBlock>): ts.CompilerHost {
  return {
    ...host,
    fileExists: (path) => blocks.has(path) || host.fileExists(path),
    readFile: (path) => blocks.get(path)?.code ?? host.readFile(path),
    getSourceFile: (path, language, onError, create) => {
      const block = blocks.get(path);
      // A block without import or export would be a script, whose names are visible in all other blocks.
      return block
        ? ts.createSourceFile(path, `${block.code}\nexport {};\n`, language, true)
        : host.getSourceFile(path, language, onError, create);
    },
  };
}

function readOptions(file: string): ts.CompilerOptions {
  const { options, errors } = ts.parseJsonConfigFileContent({ extends: file, files: [file] }, ts.sys, dirname(file));
  const [error] = errors;
  if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
  return options;
}
