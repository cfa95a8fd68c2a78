import { UPDATE_KINDS, type UpdateKind } from '@botloom/core';
import type { Generator } from './generator.ts';

const LOG = {
  content: 'a row, typed by what it holds',
  edit: 'the edited row is changed',
  as_is: 'a row, stored as it is',
} as const satisfies Record<NonNullable<UpdateKind['log']>, string>;

/** `docs/reference/update-kinds.md`: what becomes of every kind of update. */
export const generator: Generator = { path: 'docs/reference/update-kinds.md', generate };

function generate(): string {
  const kinds: readonly (readonly [string, UpdateKind])[] = Object.entries(UPDATE_KINDS);
  return `<!-- Made from packages/core/src/telegram/update-kinds.ts by \`npx -y pnpm@12 generate\`. -->

# Kinds of updates

What becomes of every kind of update of Bot API 10.3. Every update is answered 200 and counted in the bot's \`request_count\`; those that are
*counted only* leave nothing else behind, and neither does a kind that is not in the table.

- **User**: whether the person it names becomes a user of the bot, or is brought up to date. Bots, anonymous administrators and channels never do.
- **Message log**: what is stored. *As it is* means: a row whose \`type\` is the kind and whose \`payload\` is what Telegram sent.
- **Event**: what the flows are told. A \`chat_event\` that starts no flow touches no session.

| kind | user | message log | event | |
| --- | --- | --- | --- | --- |
${kinds.map(row).join('\n')}

Telegram is asked (\`allowed_updates\`) for every kind that is more than counted.
`;
}

function row([kind, { user, log, event, note }]: readonly [string, UpdateKind]): string {
  const isCountedOnly = !user && log === null && event === null;
  const cells = [
    `\`${kind}\``,
    user ? 'yes' : '–',
    log === null ? (isCountedOnly ? 'counted only' : '–') : LOG[log],
    event === null ? '–' : `\`${event}\``,
    note,
  ];
  return `| ${cells.join(' | ')} |`;
}
