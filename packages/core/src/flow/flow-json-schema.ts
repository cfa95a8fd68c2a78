import * as z from 'zod/mini';
import type { JsonObject } from '../model/index.ts';
import { flowData } from './flow-data.ts';
import { STEP_KINDS, type StepType } from './steps/step-kinds.ts';

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
