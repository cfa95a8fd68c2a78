import type { SetupResult } from './first-steps/set-up-service.ts';
import type { Settings } from './settings/settings.ts';
import { keyFileOf } from './start/master-keys.ts';
import type { Service } from './start/start-service.ts';

/** What is said when the service has started: what runs where, and what to do next. */
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
    ['Ctrl+C stops it; nothing is lost.'],
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
    `  Open  ${chatWindowUrl ?? ''}  and say /start to it.`,
    '',
    'That page is a small Telegram of its own: no account and no token are needed, and what you',
    'type takes the real way through webhook, flow engine, database and outbox.',
  ];
}

function heading({ mode }: Settings): string[] {
  return [
    mode === 'polling'
      ? 'Botloom is running. It asks Telegram for updates (polling).'
      : 'Botloom is running. Telegram brings updates by webhook.',
  ];
}

function facts({ url }: Pick<Service, 'url'>, settings: Settings, { connections }: SetupResult): string[] {
  const rows: [string, string][] = [
    ['REST API', `${url}/api`],
    ['API reference', `${url}/api/docs`],
    ['Health', `${url}/healthz and ${url}/readyz`],
    ['Database', describeDatabase(settings)],
  ];
  if (settings.publicUrl !== null && settings.mode === 'webhook') rows.push(['Public address', settings.publicUrl]);
  const bots = connections.filter(({ problem }) => problem === null).map(({ bot }) => `@${bot.username}`);
  if (settings.mode !== 'demo') rows.push(['Bots', bots.length === 0 ? 'none' : shorten(bots)]);
  return rows.map(([name, value]) => `  ${name.padEnd(15)} ${value}`);
}

function describeDatabase({ mode, database, secrets }: Settings): string {
  if (database.kind === 'postgres') return `PostgreSQL at ${new URL(database.url).host}`;
  if (database.file === ':memory:') return 'in memory, gone when the service stops';
  if (mode === 'demo') return `${database.file} (remove it to begin anew)`;
  return secrets.length > 0
    ? database.file
    : `${database.file}, its master key in ${keyFileOf(database.file)}: back up both`;
}

function shorten(names: readonly string[]): string {
  return names.length <= 5 ? names.join('  ') : `${names.slice(0, 5).join('  ')}  and ${names.length - 5} more`;
}

function newKey(key: string): string[] {
  return ['Your API key, shown this once (only its hash is kept):', '', `  ${key}`];
}

function problems({ connections }: SetupResult): string[] {
  const lines = connections
    .filter(({ problem }) => problem !== null)
    .map(({ bot, problem }) => `  @${bot.username}: ${problem ?? ''}`);
  return lines.length === 0 ? [] : ['These bots get no updates:', ...lines];
}

function nextSteps(
  { url }: Pick<Service, 'url'>,
  settings: Settings,
  { newApiKey, connections, silentBots }: SetupResult,
): string[] {
  const key = newApiKey ?? settings.apiKey;
  // A key that was given is not shown: it is in the variable that this service was started with.
  const bearer = newApiKey ?? '$BOTLOOM_API_KEY';
  const call = (path: string, body: object | null): string =>
    `  curl ${body === null ? '' : "-H 'Content-Type: application/json' "}-H "Authorization: Bearer ${bearer}"${body === null ? '' : ` -d '${JSON.stringify(body)}'`} ${url}${path}`;
  const lines: string[] = [];
  if (connections.length === 0)
    lines.push('Add a bot, with a token from @BotFather:', '', call('/api/bots', { token: '123456:ABC-DEF' }));
  const [silent] = silentBots;
  if (silent !== undefined) {
    const flow = { name: 'Hello', is_default: true, flow_data: { response: 'Hello {{ user.first_name }}!' } };
    lines.push(
      `@${silent.username} has no flow yet, so it says nothing. Give it one:`,
      '',
      call(`/api/bots/${silent.id}/flows`, flow),
    );
  }
  if (lines.length === 0)
    lines.push(
      settings.mode === 'demo' ? 'The same bot, through the REST API:' : 'Your bots, through the REST API:',
      '',
      call('/api/bots', null),
    );
  if (key === null)
    lines.push(
      '',
      'The API key was shown at the first start. Lost it? Register one of your own: start with BOTLOOM_API_KEY set.',
    );
  return lines;
}
