import { STEP_KINDS, STEP_TYPES, type StepType } from '@botloom/core/flow';
import { stepJsonSchema } from '@botloom/core/flow-schema';
import { namedShapes, schemaTable, type SchemaNode } from '../docs/schema-table.ts';
import { STEP_EXAMPLES } from '../docs/step-examples.ts';
import type { Generator } from './generator.ts';

/** `docs/reference/steps.md`: every kind of step with its fields. */
export const generator: Generator = { path: 'docs/reference/steps.md', generate };

function generate(): string {
  const shapes = new Map(STEP_TYPES.flatMap((type) => [...namedShapes(schemaOf(type))]));
  return `<!-- Made from the schemas in packages/core/src/flow/steps by \`npx -y pnpm@12 generate\`. -->

# Steps

Every kind of step and its fields. What they do together is told in [the guide](../guides/flows.md).

${STEP_TYPES.map((type) => `- [\`${type}\`](#${type}): ${STEP_KINDS[type].summary}`).join('\n')}

${STEP_TYPES.map(section).join('\n')}
${[...shapes].map(([name, shape]) => shapeSection(name, shape)).join('\n')}`;
}

function section(type: StepType): string {
  return `## ${type}

${STEP_KINDS[type].summary}

${schemaTable(schemaOf(type))}

\`\`\`json
${JSON.stringify(STEP_EXAMPLES[type], null, 2)}
\`\`\`
`;
}

function shapeSection(name: string, shape: SchemaNode): string {
  const table = shape.properties === undefined ? '' : `\n\n${schemaTable(shape)}`;
  return `## ${name} (shape)\n\n${shape.description ?? ''}${table}\n`;
}

function schemaOf(type: StepType): SchemaNode {
  return stepJsonSchema(type) as SchemaNode; // what zod writes, of which this names a part
}
