import type { FakeTelegram, PersonChat } from '@botloom/fake-telegram';
import type { HarnessBot } from '../stage/test-harness.ts';
import { expectedRepliesTo, messagesOf } from './survey.ts';

/** Results of the users who answered the survey. */
export interface ParticipantResults {
  readonly names: readonly string[];
  /** By chat: the expected replies. */
  readonly expected: ReadonlyMap<number, readonly string[]>;
  /** Total number of updates that they sent. */
  readonly updates: number;
}

/**
 * Lets this many users answer the survey concurrently. A user who has finished is replaced by a new one, until a
 * condition is met. Every second user waits for each reply, as people do. The others send all messages at once, so
 * that their updates queue up and their replies must arrive in order. Rejects with the transcript of a user who gets
 * no reply.
 */
export async function runParticipants(
  telegram: FakeTelegram,
  bot: HarnessBot,
  concurrency: number,
  event: Promise<unknown>,
): Promise<ParticipantResults> {
  const names: string[] = [];
  const expected = new Map<number, readonly string[]>();
  let isOver = false;
  const eventPromise = event.finally(() => (isOver = true));

  async function runParticipant(seat: number): Promise<void> {
    do {
      const name = `p${names.length + 1}`;
      const chat = telegram.user(name).in(bot.fake);
      names.push(name);
      expected.set(chat.chat_id, expectedRepliesTo(name));
      await (seat % 2 === 0 ? sendOneByOne(chat, name) : sendAllAtOnce(chat, name));
    } while (!isOver);
  }

  await Promise.all([eventPromise, ...Array.from({ length: concurrency }, (_, seat) => runParticipant(seat))]);
  return { names, expected, updates: names.reduce((sum, name) => sum + messagesOf(name).length, 0) };
}

async function sendOneByOne(chat: PersonChat, name: string): Promise<void> {
  const replies = expectedRepliesTo(name);
  for (const [index, text] of messagesOf(name).entries()) {
    await chat.send(text);
    // A reply may arrive twice after a crash: the history is checked later.
    await chat.expectReply(replies[index], { skip: true });
  }
}

async function sendAllAtOnce(chat: PersonChat, name: string): Promise<void> {
  for (const text of messagesOf(name)) await chat.send(text);
  await chat.expectReply(expectedRepliesTo(name).at(-1), { skip: true });
}
