import type { FakeTelegram, PersonChat } from '@botloom/testing';
import type { StageBot } from '../stage/stage.ts';
import { repliesTo, sayingsOf } from './survey.ts';

/** People who take the survey at the same time. */
export interface Crowd {
  /** By chat: the replies that must come. */
  readonly expected: ReadonlyMap<number, readonly string[]>;
  /** How many updates they send in all. */
  readonly updates: number;
  /** Resolves when everybody has come to the end; rejects with the transcript of somebody who has not. */
  readonly finished: Promise<void>;
}

/**
 * Every other person waits for each reply, as people do; the others say everything at once, so that their updates queue up and
 * their replies must come in order.
 */
export function sendInCrowd(telegram: FakeTelegram, bot: StageBot, size: number): Crowd {
  const people = Array.from({ length: size }, (_, index) => {
    const name = `p${index + 1}`;
    return { name, isPatient: index % 2 === 0, chat: telegram.user(name).in(bot.fake) };
  });
  return {
    expected: new Map(people.map(({ name, chat }) => [chat.chat_id, repliesTo(name)])),
    updates: people.reduce((sum, { name }) => sum + sayingsOf(name).length, 0),
    finished: Promise.all(people.map(({ name, isPatient, chat }) => (isPatient ? converse(chat, name) : pourOut(chat, name)))).then(() => undefined),
  };
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
