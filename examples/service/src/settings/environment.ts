import { z } from 'zod';

const webUrl = (value: string): boolean => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

/**
 * Every environment variable of the service. `description` and `fallback` are the table in README.md (a test compares them).
 * Messages must not repeat the value: it may be a secret.
 */
export const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'is not a port. Use a number from 1 to 65535, or 0 for any free one.')
    .transform(Number)
    .refine((port) => port <= 65_535, 'is not a port. Use a number from 1 to 65535, or 0 for any free one.')
    .default(3000)
    .meta({ description: 'Port to listen on; `0` takes any free one.', fallback: '`3000`' }),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'is not an address. Use 127.0.0.1 for this machine only, 0.0.0.0 for every network.')
    .default('127.0.0.1')
    .meta({ description: 'Address to listen on; `0.0.0.0` for every network.', fallback: '`127.0.0.1`' }),
  DATABASE_URL: z
    .string()
    .regex(
      /^(sqlite:.+|postgres(ql)?:\/\/.+)$/,
      'is not a database. Use sqlite:./data/botloom.db, sqlite::memory: or postgres://user:password@host/database.',
    )
    .refine(
      (url) => url.startsWith('sqlite:') || URL.canParse(url),
      'is not a valid postgres:// URL. Percent-encode special characters of the password.',
    )
    .optional()
    .meta({
      description:
        'Where everything is kept: `sqlite:` and a file, `sqlite::memory:`, or `postgres://user:password@host/database`. The folder of the file is made.',
      fallback: '`sqlite:./data/botloom.db`; a demo has `sqlite:./data/demo.db`',
    }),
  PUBLIC_URL: z
    .string()
    .refine(webUrl, 'is not a web address. Use the https:// address under which Telegram reaches this service.')
    .refine((url) => !webUrl(url) || !/[?#@]/.test(url), 'must be an address only, without user, query or fragment.')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .meta({
      description:
        'The HTTPS address under which the internet reaches this service, without `/api`. Needed for webhooks.',
      fallback: 'none',
    }),
  BOTLOOM_SECRET: z
    .string()
    .min(16, 'is too short to be safe. Make one with: openssl rand -base64 32')
    .optional()
    .meta({
      description:
        'The master key that encrypts tokens in the database. Several, separated by commas, while one replaces another: the first encrypts, all decrypt.',
      fallback: 'SQLite: made once and kept beside the database file, as `….secret` (mode 0600). PostgreSQL: required',
    }),
  BOTLOOM_API_KEY: z
    .string()
    .regex(
      /^[A-Za-z0-9._~+/=-]{20,512}$/,
      'is not usable as a key. Use 20 to 512 letters, digits or . _ ~ + / = -, for instance from: openssl rand -hex 32',
    )
    .optional()
    .meta({
      description: 'An API key that is registered at every start, with all permissions.',
      fallback: 'a key is made and printed at the first start, once',
    }),
  BOT_TOKEN: z
    .string()
    .regex(/^[0-9]{1,20}:[A-Za-z0-9_-]{1,100}$/, 'is not a bot token. Copy it whole from @BotFather: 123456:ABC-DEF…')
    .optional()
    .meta({ description: 'Token of a first bot, from @BotFather; more are added through the API.', fallback: 'none' }),
  TELEGRAM_API_ROOT: z
    .string()
    .refine(webUrl, 'is not a web address. Leave it out for Telegram itself, or name your own Bot API server.')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .meta({ description: 'Your own Bot API server; `PUBLIC_URL` may then be plain HTTP.', fallback: "Telegram's" }),
  BOTLOOM_MODE: z
    .enum(['webhook', 'polling', 'demo'], 'is none of the modes. Use webhook, polling or demo.')
    .optional()
    .meta({
      description:
        'How updates come in: `webhook` (Telegram calls `PUBLIC_URL`), `polling` (we ask Telegram; no HTTPS needed), `demo` (a Telegram of our own).',
      fallback: '`demo` without `BOT_TOKEN` and `PUBLIC_URL`; else `webhook` with `PUBLIC_URL`; else `polling`',
    }),
  LOG_LEVEL: z
    .enum(
      ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'],
      'is no log level. Use silent, fatal, error, warn, info, debug or trace.',
    )
    .default('warn')
    .meta({
      description:
        'What is logged, on stderr: JSON lines, or plain text on a terminal. Requests are logged from `debug` on.',
      fallback: '`warn`',
    }),
});

export type Environment = z.output<typeof environment>;
export type VariableName = keyof typeof environment.shape;
