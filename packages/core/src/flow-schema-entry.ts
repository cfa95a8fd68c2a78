/** The flow language as JSON Schema, for forms and editors. An entry of its own: what turns schemas into JSON Schema is large. */
export { flowJsonSchema, stepJsonSchema } from './flow/index.ts';
