import { describe, expect, test } from 'vitest';
import { IDLE_STATE, type SessionState } from './session-state.ts';
import { NO_WAIT, summarize } from './summary.ts';
import type { Wait, WaitReason } from './wait.ts';

const wait = (reason: WaitReason, deadline: number | null = null, subject?: string): Wait => ({
  token: 't',
  reason,
  deadline,
  ...(subject === undefined ? {} : { subject }),
});
const waiting = (own: Wait | null, interrupted: Wait | null = null): SessionState => {
  const at = { ...IDLE_STATE, flow_version_id: 1, step_id: 's' };
  return { ...at, wait: own, interrupted: interrupted === null ? null : { ...at, wait: interrupted } };
};

test('a session that waits for the person only, or is in no flow, has no wait', () => {
  expect(summarize(IDLE_STATE)).toBe(NO_WAIT);
  expect(summarize(waiting(null))).toBe(NO_WAIT);
  expect(summarize(waiting(null, wait('time', 5)))).toBe(NO_WAIT);
});

test('a wait is shown with its subject and its deadline', () => {
  expect(summarize(waiting(wait('event', 5, 'order_paid')))).toEqual({
    wait_reason: 'event',
    wait_subject: 'order_paid',
    deadline: 5,
  });
  expect(summarize(waiting(wait('http')))).toEqual({ wait_reason: 'http', wait_subject: null, deadline: null });
});

describe('a handover that a command has interrupted', () => {
  const handover = wait('handover', 9, 'A refund');
  const shown = { wait_reason: 'handover', wait_subject: 'A refund', deadline: 9 };

  test('is shown, whatever the command waits for', () => {
    expect(summarize(waiting(null, handover))).toEqual(shown);
    expect(summarize(waiting(wait('answer', 7), handover))).toEqual(shown);
  });

  test('is hidden by a handover of the command itself', () => {
    expect(summarize(waiting(wait('handover', null, 'Another'), handover))).toEqual({
      wait_reason: 'handover',
      wait_subject: 'Another',
      deadline: null,
    });
  });
});
