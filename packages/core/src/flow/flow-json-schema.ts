import * as z from 'zod/mini';
import { labels, type JsonObject } from '../model/index.ts';
import { flowData } from './flow-data.ts';
import { fieldsOf, INPUT_KINDS, type QuestionInput } from './inputs/input-kinds.ts';
import { STEP_KINDS, type StepType } from './steps/step-kinds.ts';
import { TRIGGER_FIELDS } from './triggers/compile-triggers.ts';
import { trigger, type TriggerKind } from './triggers/trigger-schema.ts';

/**
 * Returns the JSON Schema (2020-12) of a flow document, with titles and descriptions, for editors, forms and
 * documentation.
 *
 * @example
 * await writeFile('flow.schema.json', JSON.stringify(flowJsonSchema(), null, 2));
 */
export function flowJsonSchema(): JsonObject {
  return jsonSchemaOf(flowData, 'input');
}

/** Returns the JSON Schema of one kind of step, with titles and descriptions. */
export function stepJsonSchema(type: StepType): JsonObject {
  return jsonSchemaOf(STEP_KINDS[type].schema, 'input');
}

/** Returns the JSON Schema of the fields that an input adds to those of every question. */
export function inputJsonSchema(input: QuestionInput): JsonObject {
  return jsonSchemaOf(z.strictObject(fieldsOf(input)), 'input');
}

/** Returns the JSON Schema of the stored answer to a question with this input. */
export function answerJsonSchema(input: QuestionInput): JsonObject {
  return jsonSchemaOf(INPUT_KINDS[input].value, 'output');
}

/** Returns the JSON Schema of one kind of trigger, with the fields of that kind only. */
export function triggerJsonSchema(kind: TriggerKind): JsonObject {
  const { required, optional } = TRIGGER_FIELDS[kind];
  const fields = [...required, ...optional];
  const schema = jsonSchemaOf(trigger, 'input');
  const own = Object.entries(schema.properties as JsonObject).filter(([name]) =>
    fields.some((field) => field === name),
  ); // The schema of a strict object always has properties.
  return {
    ...schema,
    properties: { kind: { const: kind }, ...Object.fromEntries(own) },
    required: ['kind', ...required],
  };
}

function jsonSchemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): JsonObject {
  return z.toJSONSchema(schema, { io, metadata: labels }) as JsonObject; // JSON Schema is plain JSON.
}
