import type { CompiledVersion } from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { EventResult } from '../advance-result.ts';
import type { EventContext } from '../event-context.ts';
import { interrupt } from '../run/interrupt.ts';
import { runSteps } from '../run/run-steps.ts';
import { addTrace, startRun } from '../run/run.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { IDLE_STATE, NO_VARIABLES } from '../state/session-state.ts';
import { keepCurrentWait } from './keep-current-wait.ts';

/**
 * Starts a flow for an event that no step waits for: a side flow. One that ends immediately leaves the session where it
 * is; one that asks something takes over.
 */
export function startSideFlow(
  context: EventContext,
  version: CompiledVersion,
  reason: string,
  variables: JsonObject = NO_VARIABLES,
): EventResult {
  const { program, session } = context;
  const current = findCurrentStep(program, session);
  const sessionAtEnd = current === null ? IDLE_STATE : session;
  const run = startRun(context, version);
  interrupt(run, context);
  if (variables !== NO_VARIABLES) run.variables = { ...run.variables, ...variables };
  if (current === null && session.flow_version_id !== null) addTrace(run, 'version_gone', session.step_id);
  addTrace(run, 'flow_started', null, reason);
  return keepCurrentWait(session, runSteps(run, version.program.initial, sessionAtEnd), run, sessionAtEnd);
}
