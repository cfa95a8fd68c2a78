import {
  answerJsonSchema,
  INPUT_KINDS,
  inputJsonSchema,
  QUESTION_INPUTS,
  type QuestionInput,
} from '@botloom/core/flow-schema';
import { INPUT_EXAMPLES } from '../docs/input-examples.ts';
import { schemaPage } from '../docs/schema-page.ts';
import { typeOfSchema } from '../docs/schema-table.ts';
import type { GeneratedFolder, Generator } from './generator.ts';

/** A page for every input kind. */
export const folder: GeneratedFolder = 'docs/reference/inputs';

export const generators: readonly Generator[] = [
  { path: `${folder}/README.md`, generate: index },
  ...QUESTION_INPUTS.map((input) => ({ path: `${folder}/${input}.md`, generate: () => page(input) })),
];

function index(): string {
  return `<!-- Made from the schemas in packages/core/src/flow/inputs by \`npx -y pnpm@12 generate\`. -->

# Inputs

Answers that a [question](../steps/question.md) accepts, by its field \`input\`.

| input | answered by | type of the answer |
| --- | --- | --- |
${QUESTION_INPUTS.map(row).join('\n')}
`;
}

function row(input: QuestionInput): string {
  return `| [\`${input}\`](${input}.md) | ${INPUT_KINDS[input].summary} | ${answerOf(input)} |`;
}

function page(input: QuestionInput): string {
  return schemaPage({
    source: 'its schema in packages/core/src/flow/inputs',
    title: `The input \`${input}\``,
    summary:
      `A question that is answered by ${INPUT_KINDS[input].summary}. ` +
      `The type of the stored answer is ${answerOf(input)}.`,
    more:
      'The fields of every question (text, retry, skip, cancel, reminders, no answer …): ' +
      '[question](../steps/question.md).',
    schema: inputJsonSchema(input),
    example: INPUT_EXAMPLES[input],
  });
}

function answerOf(input: QuestionInput): string {
  return typeOfSchema(answerJsonSchema(input));
}
