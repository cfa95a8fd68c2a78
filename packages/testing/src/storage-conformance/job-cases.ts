import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { commit, createBot, EVERYONE, FAR_FUTURE_MS, runBatch, startInstance } from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

export function jobCases({ storage, openAnother }: CaseGroup): void {
  const job = (kind: string, due_at: number, key: string | null = null, bot_id: string | null = null) => ({
    bot_id,
    kind,
    payload: { kind },
    due_at,
    key,
  });

  test('due jobs are claimed once, oldest first, until they are finished', async () => {
    const me = await startInstance(storage());
    await storage().jobs.add([job('b', 20), job('a', 10), job('later', 1_000)]);
    expect(await storage().jobs.nextDueAt()).toBe(10);
    const claimed = await storage().jobs.claimDue(me, 30, 10);
    expect(claimed).toMatchObject([
      { kind: 'a', due_at: 10, attempts: 0, payload: { kind: 'a' }, key: null },
      { kind: 'b', due_at: 20 },
    ]);
    expect(await storage().jobs.claimDue(me, 30, 10)).toEqual([]);
    expect(await storage().jobs.nextDueAt()).toBe(1_000);
    const done = claimed.map(({ id }) => ({ kind: 'done' as const, id, profile: null }));
    await storage().jobs.recordOutcomes('another owner', done);
    expect(await rowsHeldBy(me)).toBe(2);
    await storage().jobs.recordOutcomes(me, done);
    expect(await rowsHeldBy(me)).toBe(0);
    expect((await storage().jobs.claimDue(me, 2_000, 10)).map(({ kind }) => kind)).toEqual(['later']);
    expect(await storage().jobs.nextDueAt()).toBeNull();
  });

  test('the time of the next job is returned with and without background jobs', async () => {
    const me = await startInstance(storage());
    await storage().jobs.add([{ ...job('profile', 10), is_background: true }]);
    expect([await storage().jobs.nextDueAt(), await storage().jobs.nextDueAt(false)]).toEqual([10, null]);
    await storage().jobs.add([job('timer', 20)]);
    expect([await storage().jobs.nextDueAt(), await storage().jobs.nextDueAt(false)]).toEqual([10, 20]);
    // The other cases begin without jobs.
    const jobs = await storage().jobs.claimDue(me, 20, 10);
    await storage().jobs.recordOutcomes(
      me,
      jobs.map(({ id }) => ({ kind: 'done', id, profile: null })),
    );
  });

  /** Counts the jobs of an owner: lets its lease expire for a moment and claims them. */
  async function rowsHeldBy(owner: string): Promise<number> {
    await storage().instances.register(owner, 'conformance', -1);
    const probe = await startInstance(storage());
    const jobs = await storage().jobs.claimDue(probe, 500, 100);
    await storage().instances.register(owner, 'conformance', 600_000);
    await storage().jobs.recordOutcomes(probe, []);
    await storage().instances.remove(probe);
    if (jobs.length > 0) await storage().jobs.claimDue(owner, 500, 100);
    return jobs.length;
  }

  test('jobs that their owner does not know are released when they are long overdue', async () => {
    const me = await startInstance(storage());
    await storage().jobs.add([job('known', 1), job('lost', 2), job('recent', 30)]);
    const [known] = await storage().jobs.claimDue(me, 30, 10);
    const other = await startInstance(storage());
    expect(await storage().jobs.releaseUnknown(other, [], 20)).toBe(0);
    expect(await storage().jobs.releaseUnknown(me, [known!.id], 20)).toBe(1);
    expect((await storage().jobs.claimDue(other, 40, 10)).map(({ kind }) => kind)).toEqual(['lost']);
    expect(await storage().jobs.releaseUnknown(me, [], 20)).toBe(1);
    expect((await storage().jobs.claimDue(other, 40, 10)).map(({ kind }) => kind)).toEqual(['known']);
  });

  test('a limit is respected', async () => {
    const me = await startInstance(storage());
    await storage().jobs.add([job('x', 1), job('x', 2), job('x', 3)]);
    expect((await storage().jobs.claimDue(me, 10, 2)).map(({ due_at }) => due_at)).toEqual([1, 2]);
    expect((await storage().jobs.claimDue(me, 10, 2)).map(({ due_at }) => due_at)).toEqual([3]);
  });

  test('background jobs are claimed up to a separate limit, however many are due', async () => {
    const me = await startInstance(storage());
    await storage().jobs.add([1, 2, 3].map((due_at) => ({ ...job('background', due_at), is_background: true })));
    await storage().jobs.add([job('awaited', 9)]);
    expect(await storage().jobs.nextDueAt()).toBe(1);
    expect(
      (await storage().jobs.claimDue(me, 10, 5, 2)).map(({ kind, is_background }) => [kind, is_background]),
    ).toEqual([
      ['background', true],
      ['background', true],
      ['awaited', false],
    ]);
    expect(await storage().jobs.claimDue(me, 10, 5, 0)).toEqual([]);
    expect(await storage().jobs.claimDue(me, 10, 0, 5)).toHaveLength(1);
  });

  test('the ID of a finished job is never reused, because a late result would finish the new job', async () => {
    const me = await startInstance(storage());
    await storage().jobs.add([job('first', 1)]);
    const [first] = await storage().jobs.claimDue(me, 10, 1);
    await storage().jobs.recordOutcomes(me, [{ kind: 'done', id: first!.id, profile: null }]);
    await storage().jobs.add([job('second', 1)]);
    const [second] = await storage().jobs.claimDue(me, 10, 1);
    expect(second!.id).toBeGreaterThan(first!.id);
  });

  test('a key belongs to at most one waiting job', async () => {
    const me = await startInstance(storage());
    const key = randomUUID();
    await storage().jobs.add([job('first', 5, key), job('second', 6, key)]);
    await storage().jobs.add([job('third', 7, key)]);
    const claimed = await storage().jobs.claimDue(me, 10, 10);
    expect(claimed.map(({ kind }) => kind)).toEqual(['first']);
    await storage().jobs.recordOutcomes(
      me,
      claimed.map(({ id }) => ({ kind: 'done', id, profile: null })),
    );
    await storage().jobs.add([job('fourth', 7, key)]);
    expect((await storage().jobs.claimDue(me, 10, 10)).map(({ kind }) => kind)).toEqual(['fourth']);
  });

  test('follow-up jobs are stored when their owner ends or postpones the job, and one may have its key', async () => {
    const [me, other] = [await startInstance(storage()), await startInstance(openAnother())];
    const key = randomUUID();
    await storage().jobs.add([job('page', 1, key), job('recurs', 2)]);
    const [page, recurs] = await storage().jobs.claimDue(me, 10, 10);
    const outcomes = [
      { kind: 'postponed', id: recurs!.id, due_at: 1_000, reason: 'again', attempts: 0, jobs: [job('of the time', 3)] },
      { kind: 'done', id: page!.id, profile: null, jobs: [job('next page', 4, key), job('a person', 5)] },
    ] as const;
    await openAnother().jobs.recordOutcomes(other, outcomes);
    expect(await storage().jobs.claimDue(other, 100, 10)).toEqual([]);
    // The response of the first may have been lost.
    for (let time = 0; time < 2; time += 1) await storage().jobs.recordOutcomes(me, outcomes);
    const claimed = await storage().jobs.claimDue(me, 100, 10);
    expect(claimed.map(({ kind }) => kind)).toEqual(['of the time', 'next page', 'a person']);
    expect(await storage().jobs.find(key)).toMatchObject({ kind: 'next page' });
    const rest = [...claimed, ...(await storage().jobs.claimDue(me, 1_000, 10))];
    await storage().jobs.recordOutcomes(me, [outcomes[0]]);
    expect(await storage().jobs.nextDueAt()).toBeNull();
    await storage().jobs.recordOutcomes(
      me,
      rest.map(({ id }) => ({ kind: 'done', id, profile: null })),
    );
  });

  test('a started job belongs to its owner, and later starts with the same key return the first job', async () => {
    const [me, other] = [await startInstance(storage()), await startInstance(openAnother())];
    const key = randomUUID();
    expect(await storage().jobs.find(key)).toBeNull();
    const first = await storage().jobs.createOwned(me, job('call', 5, key));
    expect(first).toMatchObject({
      is_new: true,
      job: { kind: 'call', due_at: 5, key, attempts: 0, payload: { kind: 'call' } },
    });
    expect(await storage().jobs.createOwned(other, job('another', 6, key))).toEqual({ job: first.job, is_new: false });
    expect(await openAnother().jobs.find(key)).toEqual(first.job);
    expect(await storage().jobs.claimDue(other, 10, 10)).toEqual([]);
    const keyless = await Promise.all([
      storage().jobs.createOwned(me, job('x', 5)),
      storage().jobs.createOwned(me, job('x', 5)),
    ]);
    expect(new Set(keyless.map(({ job: { id } }) => id)).size).toBe(2);
    expect(keyless.map(({ is_new }) => is_new)).toEqual([true, true]);
    // When its owner dies, other instances get it.
    await storage().instances.register(me, 'conformance', -1);
    expect((await storage().jobs.claimDue(other, 10, 10)).map(({ id }) => id)).toContain(first.job.id);
  });

  test('of many concurrent starts with the same key, one succeeds', async () => {
    const [me, other] = [storage(), openAnother()];
    const owner = await startInstance(me);
    const key = randomUUID();
    const begun = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? me : other).jobs.createOwned(owner, job('call', 5, key)),
      ),
    );
    expect(begun.filter(({ is_new }) => is_new)).toHaveLength(1);
    expect(new Set(begun.map(({ job: { id } }) => id)).size).toBe(1);
    const claim = { kind: 'job', job_id: begun[0]!.job.id } as const;
    const { id: bot_id } = await createBot(me);
    // The job that replaces it may have the same key, in the same transaction.
    const next = { bot_id, kind: 'record', payload: {}, due_at: FAR_FUTURE_MS, key };
    await runBatch(me, owner, [{ bot_id, claim, user: null, sessions: [] }], () => commit({ jobs: [next] }));
    expect(await other.jobs.find(key)).toMatchObject({ kind: 'record', due_at: FAR_FUTURE_MS });
    expect(await other.jobs.createOwned(owner, job('call', 5, key))).toMatchObject({
      is_new: false,
      job: { kind: 'record' },
    });
  });

  test('a postponed job is claimed again with one more attempt; a failed one becomes a dead letter', async () => {
    const { id: bot_id } = await createBot(storage());
    const me = await startInstance(storage());
    await storage().jobs.add([job('flaky', 5, null, bot_id)]);
    const [first] = await storage().jobs.claimDue(me, 10, 10);
    await storage().jobs.recordOutcomes(me, [
      { kind: 'postponed', id: first!.id, due_at: 50, reason: 'timeout', attempts: 1 },
    ]);
    expect(await storage().jobs.claimDue(me, 10, 10)).toEqual([]);
    const [second] = await storage().jobs.claimDue(me, 50, 10);
    expect(second).toMatchObject({ id: first!.id, attempts: 1, due_at: 50 });
    await storage().jobs.recordOutcomes('another owner', [{ kind: 'failed', id: second!.id, reason: 'no' }]);
    await storage().jobs.recordOutcomes(me, [{ kind: 'failed', id: second!.id, reason: 'gone for good' }]);
    expect((await storage().dead_letters.list(EVERYONE, bot_id, { limit: 10 })).items).toMatchObject([
      { kind: 'job', update_id: null, reason: 'gone for good', payload: { kind: 'flaky', payload: { kind: 'flaky' } } },
    ]);
    expect(await storage().jobs.claimDue(me, 100, 10)).toEqual([]);
  });

  test('jobs of an instance with an expired lease are claimed by others', async () => {
    const [dead, me] = [await startInstance(storage()), await startInstance(storage())];
    await storage().jobs.add([job('orphan', 5)]);
    expect(await storage().jobs.claimDue(dead, 10, 10)).toHaveLength(1);
    expect(await storage().jobs.claimDue(me, 10, 10)).toEqual([]);
    await storage().instances.register(dead, 'conformance', -1);
    expect(await storage().jobs.nextDueAt()).toBe(5);
    expect(await storage().jobs.claimDue(me, 10, 10)).toMatchObject([{ kind: 'orphan' }]);
  });

  test('several concurrent runners claim every job once', async () => {
    const other = openAnother();
    const runners = await Promise.all(Array.from({ length: 6 }, () => startInstance(storage())));
    await storage().jobs.add(Array.from({ length: 60 }, (_, index) => job('shared', index)));
    const claimed = await Promise.all(
      runners.map((id, index) => (index % 2 === 0 ? storage() : other).jobs.claimDue(id, 100, 10)),
    );
    const ids = claimed.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const rest = await storage().jobs.claimDue(runners[0]!, 100, 100);
    expect(ids.length + rest.length).toBe(60);
  });
}
