import type { EventResult } from '../advance-result.ts';
import { interrupt } from '../run/interrupt.ts';
import { note, resumeRun, startRun } from '../run/run.ts';
import { attempt, proceed, walk } from '../run/walk.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { IDLE_STATE, type SessionState } from '../state/session-state.ts';
import { PASS } from '../steps/step-behaviour.ts';
import { behaviourOf } from '../steps/step-behaviours.ts';
import type { TraceEntry } from '../trace.ts';
import { findCommanded } from '../triggers/find-commanded.ts';
import { findTriggered } from '../triggers/find-triggered.ts';
import { readArguments } from '../triggers/read-arguments.ts';
import type { EventHandler } from './event-handler.ts';
import { handedOver } from './handed-over.ts';
import { unmoved } from './resume.ts';
import { startAside } from './start-aside.ts';

/**
 * Handles a message. While an operator has the session, nothing happens. Otherwise a command of a flow comes first,
 * whatever the session waits for; then the step that waits for messages; then keywords, patterns and the first contact;
 * then the fallback or the default flow.
 */
export const onMessage: EventHandler<'message'> = (context) => {
  const { program, session, event, env } = context;
  const commanded = findCommanded(program, event.command);
  const human = handedOver(program, session);
  if (human !== null && (commanded === null || !human.allows_commands))
    return unmoved(session, 'held', session.step_id);
  if (commanded !== null) {
    const { version, args } = commanded;
    const run = startRun(context, version);
    run.variables = { ...run.variables, ...readArguments(version.program, args) };
    interrupt(run, context);
    note(run, 'flow_started', null, `command ${event.command?.name ?? ''}`);
    return walk(run, version.program.initial);
  }
  const standing = findCurrentStep(program, session);
  if (standing !== null) {
    const { step, version } = standing;
    const behaviour = behaviourOf(step);
    if (behaviour.receive !== undefined) {
      const run = resumeRun(context, version);
      const move = attempt(run, step.id, () => behaviour.receive?.(step, run, event) ?? null);
      if (move !== PASS) return proceed(run, step, move);
    }
  }
  // A message that no step handles starts an aside: a default flow that ends immediately leaves the session at its
  // menu.
  const triggered = findTriggered(program, event, env, standing !== null);
  if (triggered === null)
    return ignore(standing === null ? IDLE_STATE : session, standing === null && session.flow_version_id !== null);
  return startAside(context, triggered.version, triggered.reason);
};

function ignore(session: SessionState, gone: boolean): EventResult {
  const ignored: TraceEntry = { kind: 'ignored', step_id: null, detail: null };
  return {
    session,
    effects: [],
    answers: [],
    trace: gone ? [{ kind: 'version_gone', step_id: null, detail: null }, ignored] : [ignored],
  };
}
