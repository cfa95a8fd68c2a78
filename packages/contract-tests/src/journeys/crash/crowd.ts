import type { FakeTelegram, PersonChat } from '@botloom/fake-telegram';
import type { StageBot } from '../stage/stage.ts';
import { repliesTo, sayingsOf } from './survey.ts';

/** People who have taken the survey. */
export interface Crowd {
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
export async function keepTalking(
  telegram: FakeTelegram,
  bot: StageBot,
  seats: number,
  event: Promise<unknown>,
): Promise<Crowd> {
  const names: string[] = [];
  const expected = new Map<number, readonly string[]>();
  let isOver = false;
  const over = event.finally(() => (isOver = true));

  async function takeSeat(seat: number): Promise<void> {
    do {
      const name = `p${names.length + 1}`;
      const chat = telegram.user(name).in(bot.fake);
      names.push(name);
      expected.set(chat.chat_id, repliesTo(name));
      await (seat % 2 === 0 ? converse(chat, name) : pourOut(chat, name));
    } while (!isOver);
  }

  await Promise.all([over, ...Array.from({ length: seats }, (_, seat) => takeSeat(seat))]);
  return { names, expected, updates: names.reduce((sum, name) => sum + sayingsOf(name).length, 0) };
}

async function converse(chat: PersonChat, name: string): Promise<void> {
  const replies = repliesTo(name);
  for (const [index, saying] of sayingsOf(name).entries()) {
    await chat.send(saying);
    // A reply may come a second time after a crash: the history is judged later.
    await chat.expectReply(replies[index], { skip: true });
  }
}

async function pourOut(chat: PersonChat, name: string): Promise<void> {
  for (const saying of sayingsOf(name)) await chat.send(saying);
  await chat.expectReply(repliesTo(name).at(-1), { skip: true });
}
