import { z } from 'zod';
import { checkInput } from './app/index.ts';
import type { Authenticate } from './http/index.ts';
import type { OutboundOptions } from './outbound/index.ts';
import type { Clock, Logger } from './ports/index.ts';
import type { AnyHostStep, RuntimeOptions } from './runtime/index.ts';
import type { StorageFactory } from './storage/index.ts';
import type { TelegramApi, TelegramApiOptions } from './telegram/index.ts';

export interface BotloomOptions {
  /** `sqlite({ file })` of `@botloom/core/sqlite` or `postgres({ url })` of `@botloom/core/postgres`. */
  readonly storage: StorageFactory;
  /** Master keys for tokens and secrets at rest, at least 16 characters each. The first encrypts, the others still open what they closed. */
  readonly secrets: string | readonly string[];
  /** The public HTTPS address of the mount, for webhooks: `https://example.com` or, mounted under a prefix, `https://example.com/bots`. */
  readonly publicUrl?: string | undefined;
  /** Allows `http:` in `publicUrl`: for a Bot API server of your own, on the same machine or in tests. Default false. */
  readonly allowInsecureWebhooks?: boolean | undefined;
  /** How Telegram is reached: options of `createTelegramApi`, or what you made with it (it is then yours to close). */
  readonly telegram?: TelegramApiOptions | TelegramApi | undefined;
  /** Your own way of knowing who calls the REST API; null leaves it to the API keys. */
  readonly authenticate?: Authenticate | undefined;
  /** pino's, or anything of its shape. Default: silence. */
  readonly logger?: Logger | undefined;
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
  /** Bounds of the runtime; every one has a default. */
  readonly runtime?: Partial<RuntimeOptions> | undefined;
  /** Steps of your own, made with `defineStep`: flows use them as actions. */
  readonly steps?: readonly AnyHostStep[] | undefined;
  /** The HTTP requests of flows reach public addresses only. `allow` opens hosts with their ports: `internal.example:8080`. */
  readonly outbound?: Pick<OutboundOptions, 'allow'> | undefined;
  /** Bytes that all uploads of one bot may have together. Default 500 MiB. */
  readonly uploadQuota?: number | undefined;
  /** `auto` (default) brings the database up to date at the start; `check` refuses to start unless it is. */
  readonly migrate?: 'auto' | 'check' | undefined;
}

/** The options, checked. Raises OPTIONS_INVALID with every mistake at once. */
export function checkOptions(
  options: BotloomOptions,
): BotloomOptions & { readonly secrets: readonly string[]; readonly publicUrl: string | undefined } {
  const { secrets, publicUrl } = checkInput(schema, options, 'OPTIONS_INVALID');
  return { ...options, secrets: typeof secrets === 'string' ? [secrets] : secrets, publicUrl };
}

const secret = z.string().min(16, 'must have at least 16 characters; make one with `openssl rand -base64 32`');
const address = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address', abort: true })
  .refine((url) => isPlainUrl(url), 'must have no credentials, query or fragment')
  .transform((url) => url.replace(/\/+$/, ''));
const positiveNumber = z.number().positive();
const positiveInteger = z.int().positive();

const runtime = z.strictObject({
  name: z.string().min(1),
  lanes: positiveInteger,
  batchSize: positiveInteger,
  batchBytes: positiveInteger,
  batchTime: positiveNumber,
  linger: z.number().min(0),
  maxWaiting: positiveInteger,
  chatWaiting: positiveInteger,
  maxWait: positiveNumber,
  botBacklog: positiveInteger,
  chatBacklog: positiveInteger,
  backlog: positiveInteger,
  memoryRows: positiveInteger,
  concurrency: positiveInteger,
  botConcurrency: positiveInteger,
  settleDelay: z.number().min(0),
  messageTtl: positiveNumber,
  lease: z.number().min(1_000),
  jobConcurrency: positiveInteger,
  cachedBots: positiveInteger,
  botTtl: positiveNumber,
} satisfies Record<keyof RuntimeOptions, z.ZodType>);

const telegram = z.strictObject({
  apiRoot: address.optional(),
  testEnvironment: z.boolean().optional(),
  timeout: positiveNumber.optional(),
  connections: positiveInteger.optional(),
  maxFileSize: positiveInteger.optional(),
} satisfies Record<keyof TelegramApiOptions, z.ZodType>);

const step = z.object({
  type: z.string().min(1).max(64),
  summary: z.string(),
  schema: z.custom(
    (value) => typeof value === 'object' && value !== null && '~standard' in value,
    'must be a schema of zod or another library of standardschema.dev',
  ),
  retries: z.int().min(0).max(20).optional(),
  run: functionWithMessage('must be a function'),
} satisfies Record<keyof AnyHostStep, z.ZodType>);

const schema = z.strictObject({
  storage: functionWithMessage('must be made by sqlite() or postgres()'),
  secrets: z.union([secret, z.array(secret).min(1)], {
    error: 'must be a key of at least 16 characters, or a list of such; make one with `openssl rand -base64 32`',
  }),
  publicUrl: address.optional(),
  allowInsecureWebhooks: z.boolean().optional(),
  telegram: z.union([z.custom(isTelegramApi), telegram]).optional(),
  authenticate: functionWithMessage('must be a function').optional(),
  logger: objectWithMethods(['debug', 'info', 'warn', 'error']).optional(),
  clock: objectWithMethods(['now', 'monotonic', 'setTimer']).optional(),
  runtime: runtime.partial().optional(),
  steps: z
    .array(step)
    .refine((steps) => new Set(steps.map(({ type }) => type)).size === steps.length, 'must have names of their own')
    .optional(),
  outbound: z
    .strictObject({
      allow: z
        .array(
          z
            .string()
            .regex(/^(\[[0-9a-f:.]+\]|[^\s:/@]+):\d{1,5}$/i, 'must be a host with a port: internal.example:8080'),
        )
        .optional(),
    })
    .optional(),
  uploadQuota: positiveInteger.optional(),
  migrate: z.enum(['auto', 'check']).optional(),
} satisfies Record<keyof BotloomOptions, z.ZodType>);

/** Whether the option is a made interface rather than options for one. */
export function isTelegramApi(value: unknown): value is TelegramApi {
  return hasFunctions(value, ['call', 'download', 'close']);
}

function functionWithMessage(message: string): z.ZodType {
  return z.custom((value) => typeof value === 'function', message);
}

function objectWithMethods(methods: readonly string[]): z.ZodType {
  return z.custom((value) => hasFunctions(value, methods), `must have the functions ${methods.join(', ')}`);
}

function hasFunctions(value: unknown, names: readonly string[]): boolean {
  // Only looked at: whatever has these functions will do.
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
  );
}

function isPlainUrl(url: string): boolean {
  const { username, password, search, hash } = new URL(url);
  return username === '' && password === '' && search === '' && hash === '';
}
