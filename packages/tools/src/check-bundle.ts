import { join } from 'node:path';
import * as source from '@botloom/core/flow';
import { bundleEntry } from './bundle/bundle-entry.ts';
import { compareFlows } from './bundle/compare-flows.ts';
import { workspaceRoot } from './workspace.ts';

/** Bytes, minified and gzipped: what a page pays for the preview of flows. */
const LIMIT = 120_000;

const { code, size } = await bundleEntry(join(workspaceRoot, 'packages/core/dist/browser/flow.js'));
// The bundle of the same entry; that it has the same members is what compareFlows is about.
const bundled = (await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)) as typeof source;
const problems = compareFlows(source, bundled);
if (size > LIMIT) problems.push(`@botloom/core/flow is larger than ${LIMIT / 1000} kB for browsers`);
for (const problem of problems) console.error(problem);
console.log(
  `@botloom/core/flow for browsers: ${(size / 1000).toFixed(1)} kB minified and gzipped, no module of Node, ${problems.length} problems`,
);
process.exitCode = problems.length > 0 ? 1 : 0;
