import type { z } from 'zod';
import { contract } from '../../contract/index.ts';
import { BotloomError } from '../../errors/index.ts';
import type { BotUser, JsonObject, Message, Scope } from '../../model/index.ts';
import type { NewMessage, OutboxItem } from '../../storage/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from '../bots/get-bot.ts';
import { checkInput } from '../check-input.ts';
import { getUser } from '../users/get-user.ts';

const schema = contract.messages.send.body;
export type SendMessageInput = z.input<typeof schema>;

/**
 * Queues a text for a user, in order with everything else that is sent to their chat. The `status` of the message
 * changes when it is sent or fails.
 *
 * @throws VALIDATION_FAILED, BOT_NOT_FOUND, USER_NOT_FOUND, USER_BLOCKED
 * @throws CONFLICT - for an inactive bot
 * @throws RATE_LIMITED - while too many messages wait to be sent
 */
export async function sendMessage(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  input: SendMessageInput,
): Promise<Message> {
  const { storage, runtime } = context;
  const { user_id, text, parse_mode } = checkInput(schema, input);
  const user = await getUser(context, scope, bot_id, user_id);
  if (!(await getBot(context, scope, bot_id)).is_active)
    throw new BotloomError('CONFLICT', 'The bot is inactive. Activate it first.');
  if (user.is_blocked)
    throw new BotloomError(
      'USER_BLOCKED',
      'The user has blocked the bot. Telegram delivers no messages until they unblock it.',
    );
  await runtime.requireCapacity(bot_id, user.chat_id);
  const payload: JsonObject = parse_mode === undefined ? { text } : { text, parse_mode };
  const send = {
    method: 'sendMessage',
    delivery: 'at_least_once',
    expires_at: context.clock.now() + context.messageTtl,
  } as const;
  const row = await storage.outbox
    .enqueue(runtime.sender_id, newMessage(user, text, payload, send), { id: user.chat_id, type: 'private' })
    .catch((error: unknown) => {
      // The commit may have succeeded and only its response been lost: the runtime then has to send the row.
      runtime.send([], true);
      throw error;
    });
  // Another instance that is sending to this chat owns the row: storage has woken it.
  if (row.owner === runtime.sender_id) runtime.send([outboxItem(row.id, user, payload, send)], row.in_table);
  const message = await storage.messages.get(scope, bot_id, row.id);
  if (message === null) throw new BotloomError('BOT_NOT_FOUND', 'The bot was deleted while the message was queued.');
  return message;
}

type SendOptions = NonNullable<NewMessage['send']>;

function newMessage(
  { id, bot_id, chat_id }: BotUser,
  text: string,
  payload: JsonObject,
  send: SendOptions,
): NewMessage {
  return {
    bot_id,
    user_id: id,
    chat_id,
    thread_id: 0,
    direction: 'outgoing',
    type: 'text',
    text,
    file_id: null,
    flow_id: null,
    telegram_message_id: null,
    payload,
    send,
  };
}

function outboxItem(id: number, user: BotUser, payload: JsonObject, send: SendOptions): OutboxItem {
  return {
    source: 'message',
    id,
    position: id,
    bot_id: user.bot_id,
    user_id: user.id,
    chat_id: user.chat_id,
    thread_id: 0,
    payload,
    ...send,
    was_attempted: false,
  };
}
