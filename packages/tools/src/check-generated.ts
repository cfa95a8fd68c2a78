import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { claimsToBeGenerated } from './docs/generated-mark.ts';
import { replaceRegion } from './docs/replace-region.ts';
import type { GeneratedFolder, Generator } from './generated/generator.ts';
import { listFiles, workspaceRoot } from './workspace.ts';

const write = process.argv.includes('--write');
const { generators, folders } = await findGenerators();
let drifted = 0;
for (const generator of generators) {
  const file = join(workspaceRoot, generator.path);
  const present = await readFile(file, 'utf8').catch(() => undefined);
  const expected = await formatted(file, await wholeText(generator, present));
  if (expected === present) continue;
  if (write) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, expected);
    console.log(`wrote ${generator.path}`);
  } else {
    drifted += 1;
    console.error(`${generator.path} is out of date: run \`npx -y pnpm@12 generate\` and commit it`);
  }
}
const made = new Set(generators.filter(({ region }) => region === undefined).map(({ path }) => path));
for (const path of folders.flatMap((folder) => listFiles(folder, '')).filter((file) => !made.has(file))) {
  if (write) {
    await rm(join(workspaceRoot, path));
    console.log(`removed ${path}`);
  } else {
    drifted += 1;
    console.error(`${path} has no generator any more: run \`npx -y pnpm@12 generate\` and commit it`);
  }
}
for (const path of ['docs', 'packages', 'examples', '.github'].flatMap((folder) => listFiles(folder, '')).sort()) {
  if (made.has(path) || !/\.(md|ts)$/.test(path)) continue;
  if (!claimsToBeGenerated(await readFile(join(workspaceRoot, path), 'utf8'))) continue;
  drifted += 1;
  console.error(`${path} claims to be generated, but no generator writes it: delete the file, or its first line`);
}
console.log(`${generators.length} generated files and regions, ${drifted} out of date`);
process.exitCode = drifted > 0 ? 1 : 0;

/** Returns the text of the file, with the region of the generator replaced if it has one. */
async function wholeText({ path, region, generate }: Generator, present = ''): Promise<string> {
  const text = await generate();
  if (region === undefined) return text;
  const replaced = replaceRegion(present, region, text);
  if (replaced === null) throw new Error(`${path} needs the line \`<!-- generated: ${region} -->\` and its end.`);
  return replaced;
}

/** Formats a generated text like every other file. */
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
