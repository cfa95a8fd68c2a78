import { join } from 'node:path';
import * as source from '@botloom/core/flow';
import { bundleEntry } from './bundle/bundle-entry.ts';
import { compareFlows } from './bundle/compare-flows.ts';
import { workspaceRoot } from './workspace.ts';

/** Minified and gzipped size of the flow preview that a page may load. */
const MAX_BYTES = 250_000;

const { code, size } = await bundleEntry(join(workspaceRoot, 'packages/core/dist/flow.js'));
// A bundle of the same entry; compareFlows checks that it behaves the same.
const bundled = (await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)) as typeof source;
const problems = compareFlows(source, bundled);
if (size > MAX_BYTES) problems.push(`@botloom/core/flow is larger than ${MAX_BYTES / 1000} kB for browsers`);
for (const problem of problems) console.error(problem);
console.log(
  `@botloom/core/flow for browsers: ${(size / 1000).toFixed(1)} kB minified and gzipped, ` +
    `no Node.js module, ${problems.length} problems`,
);
process.exitCode = problems.length > 0 ? 1 : 0;
