import { z } from 'zod';
import { checkInput } from './app/index.ts';
import type { Authenticate } from './http/index.ts';
import type { OutboundOptions } from './outbound/index.ts';
import type { Clock, Logger } from './ports/index.ts';
import type { AnyHostStep, RuntimeOptions } from './runtime/index.ts';
import type { StorageFactory } from './storage/index.ts';
import type { TelegramApi, TelegramApiOptions } from './telegram/index.ts';

export interface BotloomOptions {
  /** The database: `sqlite({ file })` of `@botloom/core/sqlite`, or `postgres({ url })` of `@botloom/core/postgres`. */
  readonly storage: StorageFactory;
  /**
   * Master keys for stored tokens and secrets, at least 16 characters each. The first one encrypts; the others decrypt
   * values that were encrypted with them before.
   */
  readonly secrets: string | readonly string[];
  /**
   * Public HTTPS URL of the mount, for webhooks: `https://example.com`, or `https://example.com/bots` under a prefix.
   */
  readonly publicUrl?: string | undefined;
  /** True to allow `http:` in `publicUrl`: for a self-hosted Bot API server, or in tests. Default: false. */
  readonly allowInsecureWebhooks?: boolean | undefined;
  /** Access to Telegram: options of `createTelegramApi`, or its result, which you then close yourself. */
  readonly telegram?: TelegramApiOptions | TelegramApi | undefined;
  /** Authenticates callers of the REST API by your own means. If it returns null, API keys are tried. */
  readonly authenticate?: Authenticate | undefined;
  /** A logger of pino, or one with the same methods. Default: no logs. */
  readonly logger?: Logger | undefined;
  /** Default: the system clock. */
  readonly clock?: Clock | undefined;
  /** Limits of the runtime. Each of them has a default. */
  readonly runtime?: Partial<RuntimeOptions> | undefined;
  /** Your own steps, created with `defineStep`. Flows use them as actions. */
  readonly steps?: readonly AnyHostStep[] | undefined;
  /**
   * Flows can send HTTP requests to public addresses only. `allow` adds other hosts with a port:
   * `internal.example:8080`.
   */
  readonly outbound?: Pick<OutboundOptions, 'allow'> | undefined;
  /** Maximum size of all uploads of one bot together, in bytes. Default: 500 MiB. */
  readonly uploadQuota?: number | undefined;
  /**
   * `auto` (the default) migrates the database at the start; `check` refuses to start with a database that is not
   * migrated.
   */
  readonly migrate?: 'auto' | 'check' | undefined;
}

/**
 * Checks the options.
 *
 * @throws OPTIONS_INVALID - with every problem
 */
export function checkOptions(
  options: BotloomOptions,
): BotloomOptions & { readonly secrets: readonly string[]; readonly publicUrl: string | undefined } {
  const { secrets, publicUrl } = checkInput(schema, options, 'OPTIONS_INVALID');
  return { ...options, secrets: typeof secrets === 'string' ? [secrets] : secrets, publicUrl };
}

const secret = z.string().min(16, 'must have at least 16 characters; generate one with `openssl rand -base64 32`');
const address = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL', abort: true })
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
    'must be a schema of zod or of another library with the standard schema interface (standardschema.dev)',
  ),
  retries: z.int().min(0).max(20).optional(),
  run: functionWithMessage('must be a function'),
} satisfies Record<keyof AnyHostStep, z.ZodType>);

const schema = z.strictObject({
  storage: functionWithMessage('must be the result of sqlite() or postgres()'),
  secrets: z.union([secret, z.array(secret).min(1)], {
    error: 'must be a key of at least 16 characters, or a list of keys; generate one with `openssl rand -base64 32`',
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
    .refine((steps) => new Set(steps.map(({ type }) => type)).size === steps.length, 'must have different types')
    .optional(),
  outbound: z
    .strictObject({
      allow: z
        .array(
          z
            .string()
            .regex(
              /^(\[[0-9a-f:.]+\]|[^\s:/@]+):\d{1,5}$/i,
              'must be a host with a port, such as internal.example:8080',
            ),
        )
        .optional(),
    })
    .optional(),
  uploadQuota: positiveInteger.optional(),
  migrate: z.enum(['auto', 'check']).optional(),
} satisfies Record<keyof BotloomOptions, z.ZodType>);

/** True for a Telegram API, rather than options for one. */
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
  // Any object with these functions is accepted.
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
