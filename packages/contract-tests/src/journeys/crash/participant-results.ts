import type { FakeTelegram, PersonChat } from '@botloom/fake-telegram';
import type { HarnessBot } from '../stage/test-harness.ts';
import { expectedRepliesTo, messagesOf } from './survey.ts';

/** People who have taken the survey. */
export interface ParticipantResults {
  readonly names: readonly string[];
  /** By chat: the replies that must have come. */
  readonly expected: ReadonlyMap<number, readonly string[]>;
  /** How many updates they have sent in all. */
  readonly updates: number;
}

/**
 * So many people at a time take the survey; whoever has finished makes room for somebody new, until something has happened. Every other
 * person waits for each reply, as people do; the others say everything at once, so that their updates queue up and their replies
 * must come in order. Rejects with the transcript of somebody who is not answered.
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
    // A reply may come a second time after a crash: the history is judged later.
    await chat.expectReply(replies[index], { skip: true });
  }
}

async function sendAllAtOnce(chat: PersonChat, name: string): Promise<void> {
  for (const text of messagesOf(name)) await chat.send(text);
  await chat.expectReply(expectedRepliesTo(name).at(-1), { skip: true });
}
