import { BotloomError } from '../../../errors/index.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** By id of a bot or a person: the number by which rows of `message` and `outgoing_call` name them (see README of the folder above). */
export type RowNumbers = ReadonlyMap<string, number>;

/** The number of the bot whose id is bound here; null for none, which no row has. */
export const BOT_NUMBER = '(select number from botloom_bot where id = ?)';

/** The numbers that one message needs; raises an error for a bot or a person that does not exist. */
export function readNumbers(
  connection: SqliteConnection,
  { bot_id, user_id }: { readonly bot_id: string; readonly user_id: string | null },
): RowNumbers {
  const numbers = new Map<string, number>();
  const read = (id: string, sql: string): void => {
    const row = connection.prepareRaw(sql).get(id) as [number] | undefined;
    if (row !== undefined) numbers.set(id, row[0]);
  };
  read(bot_id, 'select number from botloom_bot where id = ?');
  if (user_id !== null) read(user_id, 'select number from botloom_bot_user where id = ?');
  return numbers;
}

/** Raises an error for what the batch has not locked: the row would name nobody. */
export function numberOf(numbers: RowNumbers, id: string): number {
  const number = numbers.get(id);
  if (number === undefined) throw new BotloomError('INTERNAL', `A row names ${id}, which was not read before.`);
  return number;
}
