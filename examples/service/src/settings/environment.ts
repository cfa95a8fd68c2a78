import { z } from 'zod';

const webUrl = (value: string): boolean => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

const portProblem = 'is not a valid port. Use a number from 1 to 65535, or 0 for any free port.';

/**
 * All environment variables of the service. README.md has a table that is generated from `description` and `fallback`.
 * Messages must not contain the value: it can be a secret.
 */
export const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, portProblem)
    .transform(Number)
    .refine((port) => port <= 65_535, portProblem)
    .default(3000)
    .meta({ description: 'Port to listen on. `0` selects any free port.', fallback: '`3000`' }),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'is not a valid address. Use 127.0.0.1 for this machine only, or 0.0.0.0 for all networks.')
    .default('127.0.0.1')
    .meta({ description: 'Address to listen on. `0.0.0.0` listens on all networks.', fallback: '`127.0.0.1`' }),
  DATABASE_URL: z
    .string()
    .regex(
      /^(sqlite:.+|postgres(ql)?:\/\/.+)$/,
      'is not a valid database URL. ' +
        'Use sqlite:./data/botloom.db, sqlite::memory: or postgres://user:password@host/database.',
    )
    .refine(
      (url) => url.startsWith('sqlite:') || URL.canParse(url),
      'is not a valid postgres:// URL. Percent-encode special characters in the password.',
    )
    .optional()
    .meta({
      description:
        'The database: `sqlite:` followed by a file, `sqlite::memory:`, or ' +
        '`postgres://user:password@host/database`. The folder of the file is created if it does not exist.',
      fallback: '`sqlite:./data/botloom.db`; in demo mode `sqlite:./data/demo.db`',
    }),
  PUBLIC_URL: z
    .string()
    .refine(webUrl, 'is not a valid URL. Use the https:// URL at which Telegram can reach this service.')
    .refine(
      (url) => !webUrl(url) || !/[?#@]/.test(url),
      'must not contain a user, a query or a fragment. Remove the part after ? or #, or before @.',
    )
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .meta({
      description:
        'The HTTPS URL at which this service can be reached from the internet, without `/api`. Required for webhooks.',
      fallback: 'none',
    }),
  BOTLOOM_SECRET: z
    .string()
    .min(16, 'is too short: use at least 16 characters. Create a key with: openssl rand -base64 32')
    .optional()
    .meta({
      description:
        'The master key that encrypts tokens in the database. To replace a key, list the new key and the old key, ' +
        'separated by a comma: the first key encrypts, all keys decrypt.',
      fallback:
        'SQLite: created at the first start and stored next to the database file, as `….secret` (mode 0600). ' +
        'PostgreSQL: required',
    }),
  BOTLOOM_API_KEY: z
    .string()
    .regex(
      /^[A-Za-z0-9._~+/=-]{20,512}$/,
      'is not a valid API key. Use 20 to 512 letters, digits or . _ ~ + / = -. Create a key with: openssl rand -hex 32',
    )
    .optional()
    .meta({
      description: 'An API key with all permissions. It is registered at every start.',
      fallback: 'a key is created at the first start and printed once',
    }),
  BOT_TOKEN: z
    .string()
    .regex(
      /^[0-9]{1,20}:[A-Za-z0-9_-]{1,100}$/,
      'is not a valid bot token. Copy the complete token from @BotFather: 123456:ABC-DEF…',
    )
    .optional()
    .meta({
      description: 'Token of the first bot, from @BotFather. You can add more bots through the API.',
      fallback: 'none',
    }),
  TELEGRAM_API_ROOT: z
    .string()
    .refine(
      webUrl,
      'is not a valid URL. Use the URL of a self-hosted Bot API server, or remove the variable to use Telegram.',
    )
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .meta({
      description: 'URL of a self-hosted Bot API server. If it is set, `PUBLIC_URL` can use plain HTTP.',
      fallback: '`https://api.telegram.org`',
    }),
  BOTLOOM_MODE: z
    .enum(['webhook', 'polling', 'demo'], 'is not a valid mode. Use webhook, polling or demo.')
    .optional()
    .meta({
      description:
        'How updates are received: `webhook` (Telegram calls `PUBLIC_URL`), `polling` (the service fetches them from ' +
        'Telegram; HTTPS is not required) or `demo` (the service starts a fake Telegram).',
      fallback: '`webhook` if `PUBLIC_URL` is set; otherwise `polling` if `BOT_TOKEN` is set; otherwise `demo`',
    }),
  LOG_LEVEL: z
    .enum(
      ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'],
      'is not a valid log level. Use silent, fatal, error, warn, info, debug or trace.',
    )
    .default('warn')
    .meta({
      description:
        'Minimum level of log messages. They are written to stderr: as JSON lines, or as plain text on a terminal. ' +
        'Requests are logged at `debug` and `trace`.',
      fallback: '`warn`',
    }),
});

export type Environment = z.output<typeof environment>;
export type VariableName = keyof typeof environment.shape;
