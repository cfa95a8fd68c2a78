import type { WaitReasonName } from '../../model/index.ts';

/** Everything besides the person's next action that a session can wait for, described. */
export const WAIT_REASONS = {
  time: 'A point in time.',
  http: 'The response to an HTTP request.',
  action: 'The result of an action.',
  event: 'An event sent by the host application.',
  payment: 'A payment.',
  refund: 'A refund being processed by Telegram.',
  handover: 'An operator, who has the session until they release it.',
  answer: 'An answer, with a time limit after which the flow continues without it.',
} as const satisfies Record<Exclude<WaitReasonName, 'person'>, string>;

export type WaitReason = keyof typeof WAIT_REASONS;

/**
 * One visit of a step that waits for something outside. An event with another token belongs to an earlier visit and is
 * ignored, so timers and requests never have to be cancelled. A type and no interface, since it is stored as JSON.
 */
export type Wait = {
  readonly token: string;
  readonly reason: WaitReason;
  /** When the wait ends by a timer, in milliseconds since 1970; null: it has no limit. */
  readonly deadline: number | null;
  /** Name of the awaited event, or the subject of a handover. */
  readonly subject?: string;
};
