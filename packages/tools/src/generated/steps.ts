import { STEP_KINDS, STEP_TYPES, stepJsonSchema, type StepType } from '@botloom/core/flow-schema';
import { schemaPage } from '../docs/schema-page.ts';
import { STEP_EXAMPLES } from '../docs/step-examples.ts';
import type { GeneratedFolder, Generator } from './generator.ts';

/** A page for every step kind. */
export const folder: GeneratedFolder = 'docs/reference/steps';

export const generators: readonly Generator[] = [
  { path: `${folder}/README.md`, generate: index },
  ...STEP_TYPES.map((type) => ({ path: `${folder}/${type}.md`, generate: () => page(type) })),
];

function index(): string {
  return `<!-- Made from the schemas in packages/core/src/flow/steps by \`npx -y pnpm@12 generate\`. -->

# Steps

[The guide](../../guides/flows.md) explains how steps work together. \`flowJsonSchema()\` of
\`@botloom/core/flow-schema\`
returns the JSON Schema of a whole document.

| step | |
| --- | --- |
${STEP_TYPES.map((type) => `| [\`${type}\`](${type}.md) | ${STEP_KINDS[type].summary} |`).join('\n')}
`;
}

function page(type: StepType): string {
  return schemaPage({
    source: 'its schema in packages/core/src/flow/steps',
    title: `The step \`${type}\``,
    summary: STEP_KINDS[type].summary,
    more: type === 'question' ? 'Each input has its own fields: [inputs](../inputs/README.md).' : '',
    schema: stepJsonSchema(type),
    example: STEP_EXAMPLES[type],
    branches: true,
  });
}
