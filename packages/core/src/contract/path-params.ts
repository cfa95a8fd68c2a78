import { z as schema, type z } from 'zod';
import type { ErrorCode } from '../errors/index.ts';
import { SECRET_NAME_PATTERN } from '../model/index.ts';

/** A parameter in the path of an endpoint. */
export interface PathParam {
  readonly schema: z.ZodType;
  /** The error for a malformed value: the same as for a value that does not exist. */
  readonly not_found: ErrorCode;
  /** The required form, for values that callers choose themselves. */
  readonly form?: string;
  readonly description: string;
}

const lowerCaseUuid = schema.uuid().regex(/^[0-9a-f-]+$/);
const rowNumber = schema
  .string()
  .regex(/^[1-9][0-9]{0,15}$/)
  .transform(Number)
  .pipe(schema.number().int());

const bot = { schema: lowerCaseUuid, not_found: 'BOT_NOT_FOUND', description: 'The bot.' } as const;

/** Every parameter that a path may have. The API calls the bot `:id`, the webhook calls it `:bot_id`. */
export const PATH_PARAMS = {
  id: bot,
  bot_id: bot,
  flow_id: { schema: lowerCaseUuid, not_found: 'FLOW_NOT_FOUND', description: 'The flow.' },
  user_id: { schema: lowerCaseUuid, not_found: 'USER_NOT_FOUND', description: 'The user.' },
  secret_name: {
    schema: schema.string().regex(SECRET_NAME_PATTERN),
    not_found: 'SECRET_NOT_FOUND',
    form: 'The name of a secret has up to 64 letters, digits and _, and does not begin with a digit.',
    description: 'The name of the secret: letters, digits and _, not beginning with a digit.',
  },
  session_id: {
    schema: schema.string().regex(/^-?\d{1,16}_\d{1,16}_\d{1,16}$/),
    not_found: 'SESSION_NOT_FOUND',
    description: 'The session: `{chat}_{topic}_{user}`, as in the `id` of a session.',
  },
  file_id: {
    schema: schema.string().regex(/^[A-Za-z0-9_-]{1,256}$/),
    not_found: 'FILE_NOT_FOUND',
    description: "Telegram's file ID.",
  },
  upload_id: { schema: lowerCaseUuid, not_found: 'UPLOAD_NOT_FOUND', description: 'The upload.' },
  api_key_id: { schema: lowerCaseUuid, not_found: 'API_KEY_NOT_FOUND', description: 'The API key.' },
  dead_letter_id: { schema: rowNumber, not_found: 'DEAD_LETTER_NOT_FOUND', description: 'The dead letter.' },
} as const satisfies Record<string, PathParam>;

export type PathParamName = keyof typeof PATH_PARAMS;
export type PathParamValue<Name extends PathParamName> = z.output<(typeof PATH_PARAMS)[Name]['schema']>;
