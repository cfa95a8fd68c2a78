import { expect, it } from 'vitest';
import { createManualClock } from './clock.ts';

it('runs due tasks in order, including tasks that they schedule', () => {
  const clock = createManualClock(1000);
  const ran: string[] = [];
  clock.schedule(20, () => ran.push(`b at ${clock.now()}`));
  clock.schedule(10, () => {
    ran.push(`a at ${clock.now()}`);
    clock.schedule(5, () => ran.push(`c at ${clock.now()}`));
  });
  const cancel = clock.schedule(15, () => ran.push('never'));
  cancel();
  clock.advance(19);
  expect(ran).toEqual(['a at 1010', 'c at 1015']);
  clock.advance(1);
  expect(ran).toEqual(['a at 1010', 'c at 1015', 'b at 1020']);
  expect(clock.now()).toBe(1020);
});
