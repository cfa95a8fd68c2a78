import type { BotProgram, CompiledVersion } from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { AdvanceResult } from '../advance-result.ts';
import type { Env } from '../env.ts';
import type { EngineEvent } from '../event.ts';
import { interrupt } from '../run/interrupt.ts';
import { NO_VARIABLES, note, startRun } from '../run/run.ts';
import { walk } from '../run/walk.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { IDLE_SESSION, type Session } from '../state/session.ts';
import { keepWaiting } from './keep-waiting.ts';

/** Starts a flow by something that nobody waits for: an aside. One that ends at once leaves the session where it is; one that asks something takes over. */
export function startAside(
  program: BotProgram,
  session: Session,
  event: EngineEvent,
  env: Env,
  version: CompiledVersion,
  reason: string,
  variables: JsonObject = NO_VARIABLES,
): AdvanceResult {
  const standing = findCurrentStep(program, session);
  const rest = standing === null ? IDLE_SESSION : session;
  const run = startRun(program, session, event, env, version);
  interrupt(run, program, session);
  if (variables !== NO_VARIABLES) run.variables = { ...run.variables, ...variables };
  if (standing === null && session.flow_version_id !== null) note(run, 'version_gone', session.step_id);
  note(run, 'flow_started', null, reason);
  return keepWaiting(session, walk(run, version.program.initial, rest), run, rest);
}
