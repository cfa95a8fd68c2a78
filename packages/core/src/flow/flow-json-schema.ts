import * as z from 'zod/mini';
import type { JsonObject } from '../model/index.ts';
import { flowData } from './flow-data.ts';
import { fieldsOf, INPUT_KINDS, type QuestionInput } from './inputs/input-kinds.ts';
import { STEP_KINDS, type StepType } from './steps/step-kinds.ts';
import { TRIGGER_FIELDS } from './triggers/compile-triggers.ts';
import { trigger, type TriggerKind } from './triggers/trigger-schema.ts';

/**
 * The JSON Schema (2020-12) of a flow document, with titles and descriptions, for editors, forms and documentation.
 *
 * @example
 * await writeFile('flow.schema.json', JSON.stringify(flowJsonSchema(), null, 2));
 */
export function flowJsonSchema(): JsonObject {
  return z.toJSONSchema(flowData, { io: 'input' }) as JsonObject; // plain JSON by its definition
}

/** The JSON Schema of one kind of step, with titles and descriptions. */
export function stepJsonSchema(type: StepType): JsonObject {
  return z.toJSONSchema(STEP_KINDS[type].schema, { io: 'input' }) as JsonObject; // plain JSON by its definition
}

/** The JSON Schema of the fields that a question has with an input besides those of every question. */
export function inputJsonSchema(input: QuestionInput): JsonObject {
  return z.toJSONSchema(z.strictObject(fieldsOf(input)), { io: 'input' }) as JsonObject; // likewise
}

/** The JSON Schema of what an answer is once it is taken. */
export function answerJsonSchema(input: QuestionInput): JsonObject {
  return z.toJSONSchema(INPUT_KINDS[input].value) as JsonObject; // likewise
}

/** The JSON Schema of one kind of trigger: only the fields that it has. */
export function triggerJsonSchema(kind: TriggerKind): JsonObject {
  const { needs, may } = TRIGGER_FIELDS[kind];
  const fields = [...needs, ...may];
  const schema = z.toJSONSchema(trigger, { io: 'input' }) as JsonObject; // likewise
  const own = Object.entries(schema.properties as JsonObject).filter(([name]) =>
    fields.some((field) => field === name),
  ); // a strict object's
  return { ...schema, properties: { kind: { const: kind }, ...Object.fromEntries(own) }, required: ['kind', ...needs] };
}
