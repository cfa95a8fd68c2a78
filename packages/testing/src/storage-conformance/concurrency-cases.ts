import { expect, test } from 'vitest';
import { sessionId } from '@botloom/core';
import {
  commit,
  createBot,
  EVERYONE,
  incoming,
  outgoing,
  privateInput,
  privateKey,
  readSession,
  runBatch,
} from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

export function concurrencyCases({ storage, openAnother }: CaseGroup): void {
  test('an update that two writers process many times concurrently changes the state once', async () => {
    const { id: bot_id } = await createBot(storage());
    const writers = [storage(), openAnother()];
    const key = privateKey(bot_id, 1);
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        runBatch(writers[index % 2]!, 'me', [privateInput(bot_id, 1 + (index % 4), 1)], (locked) => {
          if (locked.claimed[0] !== true) return commit();
          const count = Number(locked.sessions.get(sessionId(key))!.state.count ?? 0) + 1;
          return commit({
            sessions: [{ key, session: { flow_version_id: null, step_id: null, state: { count } } }],
            messages: [incoming(bot_id, 1)],
          });
        }),
      ),
    );
    expect(await readSession(storage(), key)).toMatchObject({ state: { count: 4 } });
    expect((await storage().messages.list(EVERYONE, bot_id, {}, { limit: 100 })).items).toHaveLength(4);
    expect(await storage().bots.get(EVERYONE, bot_id)).toMatchObject({ request_count: 4, user_count: 1 });
  });

  test('writers of one chat wait for each other, and each sees what the other has written', async () => {
    const { id: bot_id } = await createBot(storage());
    const writers = [storage(), openAnother()];
    const key = privateKey(bot_id, 1);
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        runBatch(writers[index % 2]!, 'me', [privateInput(bot_id, index, 1)], (locked) => {
          const count = Number(locked.sessions.get(sessionId(key))!.state.count ?? 0) + 1;
          return commit({ sessions: [{ key, session: { flow_version_id: null, step_id: null, state: { count } } }] });
        }),
      ),
    );
    expect(await readSession(storage(), key)).toMatchObject({ state: { count: 60 } });
  });

  test('batches with the same keys in opposite order cause no deadlock and lose nothing', async () => {
    const bots = await Promise.all([1, 2, 3].map(async () => (await createBot(storage())).id));
    const writers = [storage(), openAnother()];
    const rounds = 24;
    const size = 12;
    await Promise.all(
      Array.from({ length: rounds }, (_, round) => {
        const inputs = Array.from({ length: size }, (_each, index) =>
          privateInput(bots[index % 3]!, 1_000 * round + index, 1 + (index % 6)),
        );
        if (round % 2 === 1) inputs.reverse();
        return runBatch(writers[round % 2]!, 'me', inputs, (locked) =>
          commit({
            sessions: [...locked.sessions].map(([id, session]) => {
              const [bot_id = '', chat_id] = id.split(':');
              return {
                key: privateKey(bot_id, Number(chat_id)),
                session: { ...session, state: { count: Number(session.state.count ?? 0) + 1 } },
              };
            }),
            messages: inputs.map(({ bot_id, user }) => outgoing(bot_id, user!.chat_id)),
          }),
        );
      }),
    );
    const found = await Promise.all(bots.map((id) => storage().bots.get(EVERYONE, id)));
    expect(found.map((bot) => bot!.request_count)).toEqual([
      (rounds * size) / 3,
      (rounds * size) / 3,
      (rounds * size) / 3,
    ]);
    expect(await readSession(storage(), privateKey(bots[0]!, 1))).toMatchObject({ state: { count: rounds } });
  });

  test('a change of the bot between batches is visible in its revision', async () => {
    const { id: bot_id } = await createBot(storage());
    const revisions: (number | undefined)[] = [];
    const look = (update_id: number) =>
      runBatch(storage(), 'me', [privateInput(bot_id, update_id, 1)], (locked) => {
        revisions.push(locked.bots.get(bot_id)?.revision);
        return commit();
      });
    await look(1);
    await openAnother().bots.update(EVERYONE, bot_id, { name: 'x' });
    await look(2);
    expect(revisions[1]).toBe(revisions[0]! + 1);
  });
}
