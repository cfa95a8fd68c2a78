import type { CompiledVersion } from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { EventResult } from '../advance-result.ts';
import type { EventContext } from '../event-context.ts';
import { interrupt } from '../run/interrupt.ts';
import { note, startRun } from '../run/run.ts';
import { walk } from '../run/walk.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { IDLE_STATE, NO_VARIABLES } from '../state/session-state.ts';
import { keepWaiting } from './keep-waiting.ts';

/**
 * Starts a flow for an event that no step waits for: an aside. One that ends immediately leaves the session where it
 * is; one that asks something takes over.
 */
export function startAside(
  context: EventContext,
  version: CompiledVersion,
  reason: string,
  variables: JsonObject = NO_VARIABLES,
): EventResult {
  const { program, session } = context;
  const standing = findCurrentStep(program, session);
  const rest = standing === null ? IDLE_STATE : session;
  const run = startRun(context, version);
  interrupt(run, context);
  if (variables !== NO_VARIABLES) run.variables = { ...run.variables, ...variables };
  if (standing === null && session.flow_version_id !== null) note(run, 'version_gone', session.step_id);
  note(run, 'flow_started', null, reason);
  return keepWaiting(session, walk(run, version.program.initial, rest), run, rest);
}
