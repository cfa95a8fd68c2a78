import type { SetupResult } from './first-steps/set-up-service.ts';
import type { Settings } from './settings/settings.ts';
import { keyFileOf } from './start/master-keys.ts';
import type { Service } from './start/start-service.ts';

/** Returns the text that is printed after the start: addresses, problems and next steps. */
export function welcome(
  service: Pick<Service, 'url' | 'chatWindowUrl'>,
  settings: Settings,
  steps: SetupResult,
): string {
  const sections = [
    settings.mode === 'demo' ? demoHeading(service) : heading(settings),
    facts(service, settings, steps),
    steps.newApiKey === null ? [] : newKey(steps.newApiKey),
    problems(steps),
    nextSteps(service, settings, steps),
    ['Press Ctrl+C to stop. No data is lost.'],
  ];
  return `\n${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function demoHeading({ chatWindowUrl }: Pick<Service, 'chatWindowUrl'>): string[] {
  return [
    'Botloom is running with a demo bot.',
    '',
    `  Open  ${chatWindowUrl ?? ''}  and send /start.`,
    '',
    'This page is a chat with a fake Telegram. It needs no account and no token. Your messages are',
    'processed as in production: by the webhook, the flow engine, the database and the outbox.',
  ];
}

function heading({ mode }: Settings): string[] {
  return [
    mode === 'polling'
      ? 'Botloom is running. It fetches updates from Telegram (polling).'
      : 'Botloom is running. Telegram delivers updates by webhook.',
  ];
}

function facts({ url }: Pick<Service, 'url'>, settings: Settings, { connections }: SetupResult): string[] {
  const rows: [string, string][] = [
    ['REST API', `${url}/api`],
    ['API reference', `${url}/api/docs`],
    ['Health', `${url}/healthz and ${url}/readyz`],
    ['Database', describeDatabase(settings)],
  ];
  if (settings.publicUrl !== null && settings.mode === 'webhook') rows.push(['Public URL', settings.publicUrl]);
  const bots = connections.filter(({ problem }) => problem === null).map(({ bot }) => `@${bot.username}`);
  if (settings.mode !== 'demo') rows.push(['Bots', bots.length === 0 ? 'none' : shorten(bots)]);
  return rows.map(([name, value]) => `  ${name.padEnd(15)} ${value}`);
}

function describeDatabase({ mode, database, secrets }: Settings): string {
  if (database.kind === 'postgres') return `PostgreSQL at ${new URL(database.url).host}`;
  if (database.file === ':memory:') return 'in memory; the data is deleted when the service stops';
  if (mode === 'demo') return `${database.file} (delete the file to start with an empty database)`;
  return secrets.length > 0
    ? database.file
    : `${database.file} (master key: ${keyFileOf(database.file)}; back up both files)`;
}

function shorten(names: readonly string[]): string {
  return names.length <= 5 ? names.join('  ') : `${names.slice(0, 5).join('  ')}  and ${names.length - 5} more`;
}

function newKey(key: string): string[] {
  return ['Your API key. It is shown only once, because only its hash is stored:', '', `  ${key}`];
}

function problems({ connections }: SetupResult): string[] {
  const lines = connections
    .filter(({ problem }) => problem !== null)
    .map(({ bot, problem }) => `  @${bot.username}: ${problem ?? ''}`);
  return lines.length === 0 ? [] : ['These bots do not receive updates:', ...lines];
}

function nextSteps(
  { url }: Pick<Service, 'url'>,
  settings: Settings,
  { newApiKey, connections, silentBots }: SetupResult,
): string[] {
  const key = newApiKey ?? settings.apiKey;
  // A key from the settings is not printed. The command reads it from the variable.
  const bearer = newApiKey ?? '$BOTLOOM_API_KEY';
  const call = (path: string, body: object | null): string => {
    const type = body === null ? '' : "-H 'Content-Type: application/json' ";
    const data = body === null ? '' : ` -d '${JSON.stringify(body)}'`;
    return `  curl ${type}-H "Authorization: Bearer ${bearer}"${data} ${url}${path}`;
  };
  const lines: string[] = [];
  if (connections.length === 0)
    lines.push('To add a bot, use a token from @BotFather:', '', call('/api/bots', { token: '123456:ABC-DEF' }));
  const [silent] = silentBots;
  if (silent !== undefined) {
    const flow = { name: 'Hello', is_default: true, flow_data: { response: 'Hello {{ user.first_name }}!' } };
    lines.push(
      `@${silent.username} does not reply, because it has no flow. Create one:`,
      '',
      call(`/api/bots/${silent.id}/flows`, flow),
    );
  }
  if (lines.length === 0)
    lines.push(
      settings.mode === 'demo' ? 'List the demo bot through the REST API:' : 'List your bots through the REST API:',
      '',
      call('/api/bots', null),
    );
  if (key === null)
    lines.push(
      '',
      'The API key was shown at the first start. If you lost it, set BOTLOOM_API_KEY to a new key and restart.',
    );
  return lines;
}
