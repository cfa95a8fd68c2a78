import { describe, expect, test } from 'vitest';
import type { BotStats, Message } from '@botloom/core';
import { poisonText } from '../src/journeys/faults/poison-text.ts';
import { createHarnessDatabase } from '../src/journeys/stage/databases.ts';
import { startTestHarness } from '../src/journeys/stage/test-harness.ts';
import { waitFor } from '../src/journeys/wait-for.ts';

interface DeadLetter {
  readonly id: number;
  readonly kind: string;
  readonly update_id: number;
  readonly payload: { readonly message?: { readonly text?: string } };
  readonly reason: string;
}

const ECHO = { is_default: true, flow_data: { response: 'echo {{ message.text }}' } };

describe.each([{ database: 'SQLite' }, { database: 'PostgreSQL' }] as const)(
  'a poison update, on $database',
  ({ database }) => {
    test('blocks no other user, is stored as a dead letter with its reason, and can be replayed', async () => {
      const store = await createHarnessDatabase(database);
      const harness = await startTestHarness({ adapter: 'express', storage: store.storage() });
      const bot = await harness.createBot({ flows: [ECHO] });
      const cure = await poisonText(store.url, 'poison');

      // Twenty concurrent users, one of whom sends the poison text between two good messages: all of it can share one
      // batch.
      const people = Array.from({ length: 20 }, (_, index) => harness.telegram.user(`p${index}`).in(bot.fake));
      const [victim] = people;
      await Promise.all(people.map((person) => person.send('before')));
      await victim?.send('poison');
      await Promise.all(people.map((person) => person.send('after')));
      for (const person of people) {
        await person.expectReply('echo before');
        await person.expectReply('echo after');
      }
      expect(harness.telegram.deliveries.filter(({ outcome }) => outcome !== 'accepted')).toEqual([]);

      const [letter, ...others] = await harness.api.all<DeadLetter>(`${bot.path}/dead_letters`);
      expect(others).toEqual([]);
      expect(letter).toMatchObject({ kind: 'update', payload: { message: { text: 'poison' } } });
      expect(letter?.reason).toMatch(/poisoned/);

      const replay = `${bot.path}/dead_letters/${letter?.id}/replay`;
      expect(await harness.api.call('POST', replay)).toEqual({ result: 'dead_letter' });
      await cure();
      const [again] = await harness.api.all<DeadLetter>(`${bot.path}/dead_letters`);
      expect(
        await harness.api.call('POST', `${bot.path}/dead_letters/${again?.id}/replay`),
        harness.log.tail(),
      ).toEqual({
        result: 'processed',
      });
      await victim?.expectReply('echo poison');
      expect(await harness.api.all(`${bot.path}/dead_letters`)).toEqual([]);

      await waitFor(
        async () =>
          (await harness.api.all<Message>(`${bot.path}/messages?direction=outgoing`)).every(
            ({ status }) => status === 'sent',
          ),
        { what: 'every reply to be recorded as sent' },
      );
      expect(await harness.api.call<BotStats>('GET', `${bot.path}/stats`)).toMatchObject({
        user_count: 20,
        messages: { incoming: 41, outgoing: 41 },
      });
      await harness.stop();
      await store.drop();
    });

    test('a flow that cannot be rendered and a refused bot do not affect others', async () => {
      const store = await createHarnessDatabase(database);
      const harness = await startTestHarness({ adapter: 'fastify', storage: store.storage() });
      const [sick, well] = [await harness.createBot({ flows: [ECHO] }), await harness.createBot({ flows: [ECHO] })];
      harness.telegram.fail({ bot: sick.fake, times: Infinity, with: { status: 500 } });
      const [ann, bob] = [harness.telegram.user('Ann'), harness.telegram.user('Bob')];
      for (let round = 1; round <= 5; round += 1) {
        await ann.in(sick.fake).send(`round ${round}`);
        await bob.in(well.fake).send(`round ${round}`);
        await bob.in(well.fake).expectReply(`echo round ${round}`);
      }
      harness.telegram.clearFaults();
      for (let round = 1; round <= 5; round += 1) await ann.in(sick.fake).expectReply(`echo round ${round}`);
      await harness.stop();
      await store.drop();
    });
  },
);
