import { FLOW_PROBLEMS, STEP_KINDS, STEP_TYPES } from '@botloom/core/flow-schema';
import type { Generator } from './generator.ts';

const path = 'docs/guides/flows.md';

/** The tables of the flow guide that follow from the sources: step kinds and problem codes. */
export const generators: readonly Generator[] = [
  { path, region: 'step kinds', generate: stepKinds },
  { path, region: 'problem codes', generate: problemCodes },
];

function stepKinds(): string {
  const rows = STEP_TYPES.map(
    (type) => `| [\`${type}\`](../reference/steps/${type}.md) | ${STEP_KINDS[type].summary} |`,
  );
  return ['| type | purpose |', '| --- | --- |', ...rows].join('\n');
}

function problemCodes(): string {
  const rows = Object.entries(FLOW_PROBLEMS).map(([code, title]) => `| \`${code}\` | ${title} |`);
  return ['| code | meaning |', '| --- | --- |', ...rows].join('\n');
}
