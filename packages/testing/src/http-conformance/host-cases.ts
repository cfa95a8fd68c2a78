import { expect, it } from 'vitest';
import type { ConformanceTarget } from './conformance-target.ts';

/** The host's own routes, parsers and errors are not affected. */
export function hostCases({ send, sendToHost, parsers }: ConformanceTarget): void {
  it("does not affect the host's routes and body parsers", async () => {
    const answer = await sendToHost({
      method: 'POST',
      path: '/host/echo',
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    });
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({ host: parsers === 'none' ? null : { a: 1 } });
  });

  it("does not affect the host's error handler", async () => {
    const answer = await sendToHost({ path: '/host/fail' });
    expect([answer.status, answer.json()]).toEqual([418, { host: 'error' }]);
  });

  it("leaves other paths to the host's 404, including paths beside the mount", async () => {
    for (const answer of [
      await sendToHost({ path: '/nothing' }),
      await send({ path: '/api/other' }),
      await send({ path: '/api/probes' }),
    ]) {
      expect([answer.status, answer.json()]).toEqual([404, { host: 'not found' }]);
    }
  });
}
