import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Generator } from './generated/generator.ts';
import { listFiles, workspaceRoot } from './workspace.ts';

const write = process.argv.includes('--write');
const generators = await findGenerators();
let drifted = 0;
for (const generator of generators) {
  const file = join(workspaceRoot, generator.path);
  const expected = await generator.generate();
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
console.log(`${generators.length} generated files, ${drifted} out of date`);
process.exitCode = drifted > 0 ? 1 : 0;

async function findGenerators(): Promise<Generator[]> {
  const files = listFiles('packages/tools/src/generated', '.ts').filter((file) => !/(\.test|\/generator)\.ts$/.test(file));
  return Promise.all(
    files.sort().map(async (file) => {
      const module: unknown = await import(join(workspaceRoot, file));
      if (typeof module === 'object' && module !== null && 'generator' in module && isGenerator(module.generator)) return module.generator;
      throw new Error(`${file} must export \`generator\`, a Generator.`);
    }),
  );
}

function isGenerator(value: unknown): value is Generator {
  return typeof value === 'object' && value !== null && 'path' in value && 'generate' in value;
}
