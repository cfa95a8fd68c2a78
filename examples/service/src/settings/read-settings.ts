import { closestMatch } from './closest-match.ts';
import { environment, type Environment, type VariableName } from './environment.ts';
import type { DatabaseSetting, Mode, Settings } from './settings.ts';

/** An invalid setting. The message follows the name of the variable: "PORT is not a valid port. Use …". */
export interface Mistake {
  readonly variable: VariableName;
  readonly message: string;
}

export type ReadSettings =
  | { readonly settings: Settings; readonly mistakes: null; readonly warnings: readonly string[] }
  | { readonly settings: null; readonly mistakes: readonly Mistake[]; readonly warnings: readonly string[] };

/** Reads the configuration and reports all mistakes together. An empty variable counts as not set. */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): ReadSettings {
  const given = Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, value?.trim() === '' ? undefined : value?.trim()]),
  );
  const warnings = unknownVariables(given);
  const parsed = environment.safeParse(given);
  const wrong = new Map((parsed.error?.issues ?? []).map((issue) => [issue.path[0] as VariableName, issue.message]));
  // Conflicts are searched among the valid variables, so that they are reported together with the invalid ones.
  const valid = environment
    .partial()
    .safeParse(Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name as VariableName))));
  const mistakes = [...wrong].map(([variable, message]) => ({ variable, message }));
  if (valid.success) mistakes.push(...findConflicts(valid.data, new Set(wrong.keys())));
  if (!parsed.success || mistakes.length > 0) return { settings: null, mistakes, warnings };
  return { settings: toSettings(parsed.data), mistakes: null, warnings };
}

function toSettings(data: Environment): Settings {
  const mode = modeOf(data);
  return {
    port: data.PORT,
    host: data.HOST,
    mode,
    database: toDatabase(data.DATABASE_URL ?? (mode === 'demo' ? 'sqlite:./data/demo.db' : 'sqlite:./data/botloom.db')),
    isDatabaseGiven: data.DATABASE_URL !== undefined,
    publicUrl: data.PUBLIC_URL ?? null,
    secrets: data.BOTLOOM_SECRET?.split(',').map((secret) => secret.trim()) ?? [],
    apiKey: data.BOTLOOM_API_KEY ?? null,
    botToken: data.BOT_TOKEN ?? null,
    apiRoot: data.TELEGRAM_API_ROOT ?? null,
    logLevel: data.LOG_LEVEL,
  };
}

function modeOf({ BOTLOOM_MODE, BOT_TOKEN, PUBLIC_URL }: Partial<Environment>): Mode {
  if (BOTLOOM_MODE !== undefined) return BOTLOOM_MODE;
  if (PUBLIC_URL !== undefined) return 'webhook';
  return BOT_TOKEN === undefined ? 'demo' : 'polling';
}

function toDatabase(url: string): DatabaseSetting {
  if (!url.startsWith('sqlite:')) return { kind: 'postgres', url };
  const file = url.slice('sqlite:'.length);
  // Some tools write an absolute path as sqlite:///var/lib/x.db.
  return { kind: 'sqlite', file: file.replace(/^\/\/(?=\/)/, '') };
}

/** Ports that Telegram delivers webhooks to: https://core.telegram.org/bots/api#setwebhook */
const WEBHOOK_PORTS: ReadonlySet<string> = new Set(['', '443', '80', '88', '8443']);

function findConflicts(data: Partial<Environment>, wrong: ReadonlySet<VariableName>): Mistake[] {
  const mistakes: Mistake[] = [];
  const report = (variable: VariableName, message: string): void => {
    if (!wrong.has(variable)) mistakes.push({ variable, message });
  };
  if (data.DATABASE_URL?.startsWith('postgres') === true && data.BOTLOOM_SECRET === undefined) {
    report(
      'BOTLOOM_SECRET',
      'is missing. PostgreSQL requires a master key; store it outside the database. ' +
        'Create a key with: openssl rand -base64 32',
    );
  }
  if (data.BOTLOOM_SECRET?.split(',').some((secret) => secret.trim().length < 16) === true) {
    report(
      'BOTLOOM_SECRET',
      'contains a key that is too short. Each key of the comma-separated list needs at least 16 characters.',
    );
  }
  if (data.PUBLIC_URL !== undefined && data.TELEGRAM_API_ROOT === undefined) checkPublicUrl(data.PUBLIC_URL, report);
  const mode = modeOf(data);
  if (mode === 'webhook' && data.PUBLIC_URL === undefined) {
    report(
      'PUBLIC_URL',
      'is missing. Set it to the https:// URL of this service, or use BOTLOOM_MODE=polling, which needs no URL.',
    );
  }
  if (data.BOTLOOM_MODE === 'demo') {
    for (const name of ['BOT_TOKEN', 'PUBLIC_URL', 'TELEGRAM_API_ROOT'] as const) {
      if (data[name] !== undefined)
        report(name, 'has no effect in demo mode, which uses a fake Telegram. Remove it, or remove BOTLOOM_MODE=demo.');
    }
  } else if (
    mode === 'demo' &&
    data.TELEGRAM_API_ROOT !== undefined &&
    !wrong.has('BOT_TOKEN') &&
    !wrong.has('PUBLIC_URL')
  ) {
    report(
      'TELEGRAM_API_ROOT',
      'has no effect without BOT_TOKEN or PUBLIC_URL. Set one of them, or BOTLOOM_MODE=polling.',
    );
  }
  return mistakes;
}

function checkPublicUrl(address: string, report: (variable: VariableName, message: string) => void): void {
  const { protocol, port } = new URL(address);
  if (protocol !== 'https:')
    report('PUBLIC_URL', 'must begin with https://. Without HTTPS, remove it and use BOTLOOM_MODE=polling.');
  else if (!WEBHOOK_PORTS.has(port))
    report('PUBLIC_URL', 'has a port that Telegram does not support. Use 443, 80, 88 or 8443.');
}

function unknownVariables(given: Readonly<Record<string, string | undefined>>): string[] {
  const known = Object.keys(environment.shape);
  return Object.entries(given)
    .filter(([name, value]) => value !== undefined && name.startsWith('BOTLOOM_') && !known.includes(name))
    .map(([name]) => {
      const meant = closestMatch(name, known);
      const hint = meant === null ? '' : ` Did you mean ${meant}?`;
      return `${name} is not a setting of this service and is ignored.${hint}`;
    });
}
