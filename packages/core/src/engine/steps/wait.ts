import { FLOW_LIMITS, readLocalTime, type CompiledWait } from '../../flow/index.ts';
import { beginWait, startTimer } from '../run/begin-wait.ts';
import type { Run } from '../run/run.ts';
import { timeZoneOf } from '../time/time-zone-of.ts';
import { toInstant } from '../time/to-instant.ts';
import { render } from '../values/render.ts';
import { WAIT, type StepBehavior } from './step-behavior.ts';

export const waitBehavior: StepBehavior<'wait'> = {
  enter(step, run) {
    const due_at = waitEnd(step, run);
    if (due_at <= run.env.now) return step.next;
    startTimer(run, beginWait(run, 'time', due_at), 'wait', due_at);
    return WAIT;
  },
  show: () => WAIT,
  timer: (step) => step.next,
};

function waitEnd({ until }: CompiledWait, run: Run): number {
  const { now } = run.env;
  if (until.kind === 'duration') return now + until.milliseconds;
  const text = render(until.time, run);
  const local = readLocalTime(text);
  if (local === null) throw new Error(`"${text.slice(0, 40)}" is not a valid time to wait for`);
  const end = toInstant(local, timeZoneOf(run, until.zone), now);
  if (end - now > FLOW_LIMITS.longestWait) throw new Error(`"${text.slice(0, 40)}" is more than 366 days away`);
  return end;
}
