import type { CompiledVersion } from '../../flow/index.ts';
import type { EventContext } from '../event-context.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { NO_EVENT_TIMES, type InterruptedState } from '../state/session-state.ts';
import type { Run } from './run.ts';

/**
 * Sets what the run returns to when its flow, started by a trigger, ends: the current flow, if the new one asks for
 * that.
 */
export function interrupt(run: Run, context: EventContext): void {
  run.interrupted =
    run.version.program.interruption_policy === 'come_back'
      ? (context.session.interrupted ?? snapshot(context, run.version))
      : null;
}

/** A flow that starts again does not interrupt itself. */
function snapshot({ program, session }: EventContext, version: CompiledVersion): InterruptedState | null {
  const current = findCurrentStep(program, session);
  if (current === null || current.version.flow_id === version.flow_id) return null;
  return {
    ...session,
    flow_version_id: current.version.id,
    step_id: current.step.id,
    chat_event_times: NO_EVENT_TIMES,
  };
}
