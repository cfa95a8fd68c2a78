import { badRequest } from '../call/api-error.ts';
import type { JsonObject } from '../telegram-objects.ts';
import { parseMultipart } from './parse-multipart.ts';

/** A file in the request. */
export interface UploadedFile {
  name: string;
  mime_type: string;
  bytes: Uint8Array;
}

/** Unchecked parameters: strings from forms and queries, any JSON value from JSON bodies. */
export interface RawParameters {
  values: JsonObject;
  files: Map<string, UploadedFile>;
}

/** Collects the parameters of a call from its query string and its body, in any encoding that the Bot API accepts. */
export function readParameters(query: URLSearchParams, contentType: string, body: Buffer): RawParameters {
  const values: JsonObject = Object.fromEntries(query);
  const files = new Map<string, UploadedFile>();
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (body.length === 0) return { values, files };
  if (type === 'application/json') {
    Object.assign(values, parseJsonBody(body));
  } else if (type === 'application/x-www-form-urlencoded') {
    Object.assign(values, Object.fromEntries(new URLSearchParams(body.toString('utf8'))));
  } else if (type === 'multipart/form-data') {
    for (const part of parseMultipart(body, contentType)) {
      if (part.file_name === undefined) values[part.name] = Buffer.from(part.bytes).toString('utf8');
      else
        files.set(part.name, { name: part.file_name, mime_type: part.mime_type, bytes: Uint8Array.from(part.bytes) });
    }
  }
  return { values, files };
}

function parseJsonBody(body: Buffer): JsonObject {
  const parsed = tryParse(body.toString('utf8'));
  if (!isObject(parsed)) throw badRequest("can't parse parameters in JSON format");
  return parsed;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns true if a value is a JSON object (not null, not a list). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
