import type { EventResult } from '../advance-result.ts';
import { interrupt } from '../run/interrupt.ts';
import { applyTransition, attempt, runSteps } from '../run/run-steps.ts';
import { addTrace, resumeRun, startRun } from '../run/run.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { IDLE_STATE, type SessionState } from '../state/session-state.ts';
import { NOT_HANDLED } from '../steps/step-behavior.ts';
import { behaviorOf } from '../steps/step-behaviors.ts';
import type { TraceEntry } from '../trace.ts';
import { matchCommand } from '../triggers/match-command.ts';
import { matchTrigger } from '../triggers/match-trigger.ts';
import { readArguments } from '../triggers/read-arguments.ts';
import type { EventHandler } from './event-handler.ts';
import { findHandover } from './find-handover.ts';
import { unchanged } from './resume.ts';
import { startSideFlow } from './start-side-flow.ts';

/**
 * Handles a message. While an operator has the session, nothing happens. Otherwise a command of a flow comes first,
 * whatever the session waits for; then the step that waits for messages; then keywords, patterns and the first contact;
 * then the fallback or the default flow.
 */
export const onMessage: EventHandler<'message'> = (context) => {
  const { program, session, event, env } = context;
  const commanded = matchCommand(program, event.command);
  const human = findHandover(program, session);
  if (human !== null && (commanded === null || !human.allows_commands))
    return unchanged(session, 'held', session.step_id);
  if (commanded !== null) {
    const { version, args } = commanded;
    const run = startRun(context, version);
    run.variables = { ...run.variables, ...readArguments(version.program, args) };
    interrupt(run, context);
    addTrace(run, 'flow_started', null, `command ${event.command?.name ?? ''}`);
    return runSteps(run, version.program.initial);
  }
  const current = findCurrentStep(program, session);
  if (current !== null) {
    const { step, version } = current;
    const behavior = behaviorOf(step);
    if (behavior.receive !== undefined) {
      const run = resumeRun(context, version);
      const move = attempt(run, step.id, () => behavior.receive?.(step, run, event) ?? null);
      if (move !== NOT_HANDLED) return applyTransition(run, step, move);
    }
  }
  // A message that no step handles starts a side flow: a default flow that ends immediately leaves the session at its
  // menu.
  const triggered = matchTrigger(program, event, env, current !== null);
  if (triggered === null)
    return ignore(current === null ? IDLE_STATE : session, current === null && session.flow_version_id !== null);
  return startSideFlow(context, triggered.version, triggered.reason);
};

function ignore(session: SessionState, isVersionGone: boolean): EventResult {
  const ignored: TraceEntry = { kind: 'ignored', step_id: null, detail: null };
  return {
    session,
    effects: [],
    answers: [],
    trace: isVersionGone ? [{ kind: 'version_gone', step_id: null, detail: null }, ignored] : [ignored],
  };
}
