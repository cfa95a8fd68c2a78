import { nearestHint } from '../../flow/index.ts';
import type { EventResult } from '../advance-result.ts';
import type { OperatorCommand } from '../event.ts';
import { applyTransition, attempt, runSteps } from '../run/run-steps.ts';
import { addTrace, createRun, resumeRun } from '../run/run.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { IDLE_STATE, NO_STACK } from '../state/session-state.ts';
import { behaviorOf } from '../steps/step-behaviors.ts';
import type { EventHandler } from './event-handler.ts';
import { findHandover } from './find-handover.ts';
import { unchanged } from './resume.ts';

/**
 * Applies an operator's command to a session. Whatever the session waited for is over: entering a step starts a new
 * visit, so timers, results and buttons of the previous one are stale.
 */
export const onOperator: EventHandler<'operator'> = (context) => {
  const { session, event } = context;
  if (session.flow_version_id === null) return unchanged(session, 'ignored', null);
  // Each entry accepts only its own kind of command. TypeScript cannot infer this from the union.
  const handler = COMMAND_HANDLERS[event.command.kind] as (
    command: OperatorCommand,
    operatorContext: OperatorContext,
  ) => EventResult;
  return handler(event.command, context);
};

type OperatorContext = Parameters<EventHandler<'operator'>>[0];

type CommandHandler<Kind extends OperatorCommand['kind']> = (
  command: Extract<OperatorCommand, { kind: Kind }>,
  context: OperatorContext,
) => EventResult;

const COMMAND_HANDLERS: { readonly [Kind in OperatorCommand['kind']]: CommandHandler<Kind> } = {
  end: (_command, { session }) => ({
    ...unchanged(session, 'operator_ended', session.step_id),
    session: IDLE_STATE,
  }),

  /**
   * Starts again with the flow that the person started, not with one that it has called, and in the current version.
   */
  reset(_command, context) {
    const { program, session } = context;
    const [outermost] = session.stack.frames;
    const began = program.versions.get(outermost?.flow_version_id ?? session.flow_version_id ?? 0);
    if (began === undefined) return unchanged(session, 'version_gone', session.step_id);
    const version = program.current.get(began.flow_id) ?? began;
    const run = createRun(context, { version, variables: version.program.variables, stack: NO_STACK });
    addTrace(run, 'operator_reset', session.step_id);
    addTrace(run, 'flow_started', null, 'operator');
    return runSteps(run, version.program.initial);
  },

  /** Also releases a handover that a command has interrupted; that interruption is over then. */
  give_back(_command, context) {
    const { program, session } = context;
    const current = findCurrentStep(program, session);
    if (current === null) return unchanged(session, 'version_gone', session.step_id);
    const { step, version } = current;
    const behavior = behaviorOf(step);
    const { interrupted } = session;
    if (behavior.giveBack === undefined) {
      const isHanded = interrupted !== null && findHandover(program, interrupted) !== null;
      return isHanded
        ? onOperator({ ...context, session: interrupted })
        : unchanged(session, 'not_handed_over', step.id);
    }
    const run = resumeRun(context, version);
    return applyTransition(
      run,
      step,
      attempt(run, step.id, () => behavior.giveBack?.(step, run) ?? null),
    );
  },

  /** Preserves the answers and the calling flows, and leaves the loops, like a button press. */
  move({ step_id }, context) {
    const { program, session } = context;
    const version = program.versions.get(session.flow_version_id ?? 0);
    if (version === undefined) return unchanged(session, 'version_gone', session.step_id);
    const { steps } = version.program;
    if (!steps.has(step_id))
      return unchanged(session, 'step_missing', session.step_id, nearestHint(step_id, [...steps.keys()]) ?? null);
    const run = createRun(context, { version, stack: { ...session.stack, rounds: [] } });
    addTrace(run, 'operator_moved', session.step_id, step_id);
    return runSteps(run, step_id);
  },
};
