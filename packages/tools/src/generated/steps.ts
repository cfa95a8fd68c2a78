import { STEP_KINDS, STEP_TYPES, stepJsonSchema, type StepType } from '@botloom/core/flow-schema';
import { schemaPage } from '../docs/schema-page.ts';
import type { SchemaNode } from '../docs/schema-table.ts';
import { STEP_EXAMPLES } from '../docs/step-examples.ts';
import type { GeneratedFolder, Generator } from './generator.ts';

/** A page for every kind of step. */
export const folder: GeneratedFolder = 'docs/reference/steps';

export const generators: readonly Generator[] = [
  { path: `${folder}/README.md`, generate: index },
  ...STEP_TYPES.map((type) => ({ path: `${folder}/${type}.md`, generate: () => page(type) })),
];

function index(): string {
  return `<!-- Made from the schemas in packages/core/src/flow/steps by \`npx -y pnpm@12 generate\`. -->

# Steps

What they do together is told in [the guide](../../guides/flows.md); the JSON Schema of a whole document is \`flowJsonSchema()\` of
\`@botloom/core/flow-schema\`.

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
    more: type === 'question' ? 'Which fields go with which input: [inputs](../inputs/README.md).' : '',
    schema: stepJsonSchema(type) as SchemaNode, // what zod writes, of which this names a part
    example: STEP_EXAMPLES[type],
    branches: true,
  });
}
