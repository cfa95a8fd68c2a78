import {
  answerJsonSchema,
  INPUT_KINDS,
  inputJsonSchema,
  QUESTION_INPUTS,
  type QuestionInput,
} from '@botloom/core/flow-schema';
import { INPUT_EXAMPLES } from '../docs/input-examples.ts';
import { schemaPage } from '../docs/schema-page.ts';
import { typeOfSchema, type SchemaNode } from '../docs/schema-table.ts';
import type { GeneratedFolder, Generator } from './generator.ts';

/** A page for every input of questions. */
export const folder: GeneratedFolder = 'docs/reference/inputs';

export const generators: readonly Generator[] = [
  { path: `${folder}/README.md`, generate: index },
  ...QUESTION_INPUTS.map((input) => ({ path: `${folder}/${input}.md`, generate: () => page(input) })),
];

function index(): string {
  return `<!-- Made from the schemas in packages/core/src/flow/inputs by \`npx -y pnpm@12 generate\`. -->

# Inputs

What a [question](../steps/question.md) can take, by its field \`input\`.

| input | is answered by | the answer is |
| --- | --- | --- |
${QUESTION_INPUTS.map((input) => `| [\`${input}\`](${input}.md) | ${INPUT_KINDS[input].summary} | ${answerOf(input)} |`).join('\n')}
`;
}

function page(input: QuestionInput): string {
  return schemaPage({
    source: 'its schema in packages/core/src/flow/inputs',
    title: `The input \`${input}\``,
    summary: `A question that is answered by ${INPUT_KINDS[input].summary}. The answer is kept as ${answerOf(input)}.`,
    more: 'The fields of every question (text, retry, skip, cancel, reminders, no answer …): [question](../steps/question.md).',
    schema: inputJsonSchema(input) as SchemaNode, // what zod writes, of which this names a part
    example: INPUT_EXAMPLES[input],
  });
}

function answerOf(input: QuestionInput): string {
  return typeOfSchema(answerJsonSchema(input) as SchemaNode); // likewise
}
