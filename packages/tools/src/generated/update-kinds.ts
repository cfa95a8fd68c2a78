import { UPDATE_KINDS, type UpdateKind } from '@botloom/core';
import type { Generator } from './generator.ts';

const LOG = {
  content: 'a row, typed by its content',
  edit: 'the edited row is changed',
  as_is: 'a row, stored as it is',
} as const satisfies Record<NonNullable<UpdateKind['log']>, string>;

/** `docs/reference/update-kinds.md`: the handling of every update kind. */
export const generator: Generator = { path: 'docs/reference/update-kinds.md', generate };

function generate(): string {
  const kinds: readonly (readonly [string, UpdateKind])[] = Object.entries(UPDATE_KINDS);
  return `<!-- Made from packages/core/src/telegram/update-kinds.ts by \`npx -y pnpm@12 generate\`. -->

# Update kinds

Handling of every update kind of Bot API 10.3. Every update is answered with status 200 and counted in the bot's
\`request_count\`. An update that is *counted only*, or of a kind that is not in the table, has no other effect.

- **User**: "yes" if the sender is created or updated as a user of the bot. Bots, anonymous administrators and
  channels never become users.
- **Message log**: the stored row. *As it is* means that \`type\` is the update kind and \`payload\` is the update's
  content.
- **Event**: the event that the flows receive. A \`chat_event\` that starts no flow does not change a session.

| kind | user | message log | event | |
| --- | --- | --- | --- | --- |
${kinds.map(row).join('\n')}

Botloom subscribes (\`allowed_updates\`) to every kind that is not *counted only*.
`;
}

function row([kind, { user, log, event, note }]: readonly [string, UpdateKind]): string {
  const isCountedOnly = !user && log === null && event === null;
  const notLogged = isCountedOnly ? 'counted only' : '–';
  const cells = [
    `\`${kind}\``,
    user ? 'yes' : '–',
    log === null ? notLogged : LOG[log],
    event === null ? '–' : `\`${event}\``,
    note,
  ];
  return `| ${cells.join(' | ')} |`;
}
