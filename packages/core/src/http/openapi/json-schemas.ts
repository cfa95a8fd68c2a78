import { z } from 'zod';
import { problemDocument } from '../../contract/index.ts';
import {
  answer,
  apiKey,
  bot,
  botSettings,
  botStats,
  botUser,
  flow,
  isJsonObject,
  jsonValue,
  labels,
  message,
  upload,
  webhookHealth,
  type JsonObject,
  type JsonValue,
} from '../../model/index.ts';

const NAMED_SCHEMAS = {
  Answer: answer,
  ApiKey: apiKey,
  Bot: bot,
  BotSettings: botSettings,
  BotStats: botStats,
  BotUser: botUser,
  Flow: flow,
  JsonValue: jsonValue,
  Message: message,
  Problem: problemDocument,
  Upload: upload,
  WebhookHealth: webhookHealth,
} as const satisfies Record<string, z.ZodType>;

export interface SchemaWriter {
  /** Converts a zod schema to JSON Schema. Named records are added to `components` and referenced. */
  write(schema: z.ZodType, io: 'input' | 'output'): JsonObject;
  /** Returns the named schemas that were used. */
  components(): JsonObject;
}

/** Converts zod schemas to the JSON Schema of an OpenAPI 3.1 document (draft 2020-12). */
export function createSchemaWriter(): SchemaWriter {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED_SCHEMAS)) registry.add(schema, { id });
  const components = new Map<string, JsonValue>();
  return {
    write(schema, io) {
      const converted = z.toJSONSchema(schema, {
        io,
        metadata: registry,
        override({ zodSchema, jsonSchema }) {
          const description = labels.get(zodSchema)?.description;
          if (description !== undefined) jsonSchema.description = description;
          // A later version may return more members, and clients generated from the document must accept them.
          if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
        },
      });
      const { $defs, $schema: _dialect, ...rest } = relocate(converted);
      if (isJsonObject($defs)) for (const [name, definition] of Object.entries($defs)) components.set(name, definition);
      return rest;
    },
    components: () => Object.fromEntries([...components].sort(([left], [right]) => left.localeCompare(right))),
  };
}

/**
 * Replaces `#/$defs/Bot` by `#/components/schemas/Bot` everywhere. The result of zod is JSON, although its type is
 * `unknown`.
 */
function relocate(schema: object): JsonObject {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonObject;
}
