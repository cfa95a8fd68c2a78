import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { GeneratedFolder, Generator } from './generated/generator.ts';
import { listFiles, workspaceRoot } from './workspace.ts';

const write = process.argv.includes('--write');
const { generators, folders } = await findGenerators();
let drifted = 0;
for (const generator of generators) {
  const file = join(workspaceRoot, generator.path);
  const expected = await formatted(file, await generator.generate());
  if (expected === (await readFile(file, 'utf8').catch(() => undefined))) continue;
  if (write) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, expected);
    console.log(`wrote ${generator.path}`);
  } else {
    drifted += 1;
    console.error(`${generator.path} is not what its generator makes: run \`npx -y pnpm@12 generate\` and commit it`);
  }
}
const made = new Set(generators.map(({ path }) => path));
for (const path of folders.flatMap((folder) => listFiles(folder, '')).filter((file) => !made.has(file))) {
  if (write) {
    await rm(join(workspaceRoot, path));
    console.log(`removed ${path}`);
  } else {
    drifted += 1;
    console.error(`${path} is made by no generator any more: run \`npx -y pnpm@12 generate\` and commit it`);
  }
}
console.log(`${generators.length} generated files, ${drifted} out of date`);
process.exitCode = drifted > 0 ? 1 : 0;

/** Generated files pass the format check like all others. */
async function formatted(file: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

async function findGenerators(): Promise<{ generators: Generator[]; folders: GeneratedFolder[] }> {
  const files = listFiles('packages/tools/src/generated', '.ts').filter(
    (file) => !/(\.test|\/generator)\.ts$/.test(file),
  );
  const found = { generators: [] as Generator[], folders: [] as GeneratedFolder[] };
  for (const file of files.sort()) {
    const module: unknown = await import(join(workspaceRoot, file));
    const own = generatorsOf(module);
    if (own.length === 0)
      throw new Error(`${file} must export \`generator\`, a Generator, or \`generators\`, a list of them.`);
    found.generators.push(...own);
    if (typeof module === 'object' && module !== null && 'folder' in module && typeof module.folder === 'string')
      found.folders.push(module.folder);
  }
  return found;
}

function generatorsOf(module: unknown): Generator[] {
  if (typeof module !== 'object' || module === null) return [];
  if ('generators' in module && Array.isArray(module.generators)) return module.generators.filter(isGenerator);
  return 'generator' in module && isGenerator(module.generator) ? [module.generator] : [];
}

function isGenerator(value: unknown): value is Generator {
  return typeof value === 'object' && value !== null && 'path' in value && 'generate' in value;
}
