import type { WaitReasonName } from '../../model/index.ts';
import type { Session } from './session.ts';

/** What a session can wait for besides what the person does next, with the words for it. */
export const WAIT_REASONS = {
  time: 'A time that the flow waits for.',
  http: 'The answer of a server.',
  action: 'The result of an action.',
  event: 'An event that the host tells of.',
  payment: 'A payment.',
  refund: 'That Telegram gives a payment back.',
  handover: 'A human, who has the session until it is given back.',
  answer: 'An answer, with a time after which the flow goes on without it.',
} as const satisfies Record<Exclude<WaitReasonName, 'person'>, string>;

export type WaitReason = keyof typeof WAIT_REASONS;

/**
 * One visit of a step that waits for something outside. It stands in the session's state, so it is plain data. What comes with another token
 * than this belongs to an earlier visit and is ignored: nothing that was set in motion ever needs to be called off.
 */
export type Wait = {
  readonly token: string;
  readonly reason: WaitReason;
  /** When the waiting ends by itself, in milliseconds; null: it does not. */
  readonly deadline: number | null;
  /** What just it waits for, where the reason leaves that open: the name of an event, or what a handover is about. */
  readonly subject?: string;
};

/** How a session waits; null when it waits for nothing outside. The object in the state itself, so that it can be compared. */
export function waitOf({ state: { wait } }: Session): Wait | null {
  // Written by `beginWait`: a token and what belongs to it.
  return typeof wait === 'object' && wait !== null && 'token' in wait ? (wait as Wait) : null;
}
