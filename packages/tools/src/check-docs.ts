import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkBlocks } from './docs/check-blocks.ts';
import { findCodeBlocks, type CodeBlock } from './docs/code-block.ts';
import { findDocExamples } from './docs/doc-examples.ts';
import { listFiles, publishedPackages, workspacePackages, workspaceRoot } from './workspace.ts';

// The documentation's code may import what a reader has installed. The contract tests depend on all of it.
const resolvedFrom = 'packages/contract-tests';
const blocks = [...markdownBlocks(), ...exampleBlocks()];
const problems = checkBlocks(workspaceRoot, resolvedFrom, blocks);

for (const problem of problems) console.error(problem);
console.log(`${blocks.length} code blocks of the documentation, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;

function markdownBlocks(): CodeBlock[] {
  const folders = ['docs', ...workspacePackages().map(({ folder }) => folder)];
  const files = [
    ...new Set(['README.md', '.github/CONTRIBUTING.md', ...folders.flatMap((folder) => listFiles(folder, '.md'))]),
  ];
  return files.flatMap((file) => findCodeBlocks(file, readIfExists(file)));
}

function exampleBlocks(): CodeBlock[] {
  const files = publishedPackages().flatMap(({ folder }) => listFiles(`${folder}/src`, '.ts'));
  return files.flatMap((file) => findDocExamples(file, readIfExists(file)));
}

function readIfExists(file: string): string {
  try {
    return readFileSync(join(workspaceRoot, file), 'utf8');
  } catch {
    return '';
  }
}
