import { TRIGGER_KINDS, triggerJsonSchema, type TriggerKind } from '@botloom/core/flow-schema';
import { schemaPage } from '../docs/schema-page.ts';
import { TRIGGER_EXAMPLES } from '../docs/trigger-examples.ts';
import type { GeneratedFolder, Generator } from './generator.ts';

/** A page for every trigger kind. */
export const folder: GeneratedFolder = 'docs/reference/triggers';

// Keys of a literal: exactly the kinds.
const kinds = Object.keys(TRIGGER_KINDS) as TriggerKind[];

export const generators: readonly Generator[] = [
  { path: `${folder}/README.md`, generate: index },
  ...kinds.map((kind) => ({ path: `${folder}/${kind}.md`, generate: () => page(kind) })),
];

function index(): string {
  return `<!-- Made from the schema in packages/core/src/flow/triggers by \`npx -y pnpm@12 generate\`. -->

# Triggers

The list \`triggers\` of a flow document starts the flow, besides its \`trigger_command\`. [The
guide](../../guides/flows.md) explains which trigger takes precedence.

| trigger | starts the flow |
| --- | --- |
${kinds.map((kind) => `| [\`${kind}\`](${kind}.md) | ${TRIGGER_KINDS[kind]} |`).join('\n')}
`;
}

function page(kind: TriggerKind): string {
  return schemaPage({
    source: 'its schema in packages/core/src/flow/triggers',
    title: `The trigger \`${kind}\``,
    summary: `Starts the flow by ${TRIGGER_KINDS[kind]}. It begins with the flow's first step.`,
    schema: triggerJsonSchema(kind),
    example: { triggers: [TRIGGER_EXAMPLES[kind]], response: 'Here I am.' },
  });
}
