import { arrayOf, objectOf, type Fields } from './fields.ts';

export interface Command {
  /** Lower case, without slash. */
  readonly name: string;
  readonly args: string;
}

const COMMAND_PATTERN = /^\/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+|$)/;

/**
 * Parses the command at the start of a text: `/start payload`, `/menu@shop_bot`. Returns `other_bot` for a command that
 * names another bot, and null without a command. Telegram marks commands with an entity. Some senders omit all
 * entities; then the slash is sufficient.
 */
export function parseCommand(message: Fields, text: string, username: string): Command | 'other_bot' | null {
  if (!text.startsWith('/')) return null;
  const entities = arrayOf(message.entities);
  if (entities.length > 0 && !entities.some(isCommandAtStart)) return null;
  const match = COMMAND_PATTERN.exec(text);
  const name = match?.[1];
  if (match === null || name === undefined) return null;
  const addressee = match[2];
  if (addressee !== undefined && addressee.toLowerCase() !== username.toLowerCase()) return 'other_bot';
  return { name: name.toLowerCase(), args: text.slice(match[0].length).trimEnd() };
}

function isCommandAtStart(entity: unknown): boolean {
  const fields = objectOf(entity);
  return fields?.type === 'bot_command' && fields.offset === 0;
}
