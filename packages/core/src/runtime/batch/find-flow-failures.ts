import type { Session, TraceEntry, TraceKind } from '../../engine/index.ts';
import type { CachedBot } from '../bots/bot-cache.ts';
import type { FlowFailure } from './batch-plan.ts';

/** Trace entries that end a flow in a way that its author did not intend. */
const FAILURE_KINDS: ReadonlySet<TraceKind> = new Set(['step_failed', 'budget_exceeded', 'payment_unhandled']);

/** Trace entries that follow a failure without an error branch. */
const UNHANDLED_SUCCESSOR_KINDS: ReadonlySet<TraceKind> = new Set([
  'step_failed',
  'budget_exceeded',
  'flow_started',
  'step_entered',
]);

/** Returns the failures of a trace. `session` is the session before the event. */
export function findFlowFailures(
  bot: CachedBot,
  session: Session,
  trace: readonly TraceEntry[],
): readonly FlowFailure[] {
  return trace.flatMap((entry, index) =>
    FAILURE_KINDS.has(entry.kind)
      ? [{ ...toFlowFailure(bot, session, entry), is_handled: isHandled(trace, index) }]
      : [],
  );
}

/** The flow is the one of the session, or else the first one that has such a step. */
function toFlowFailure(
  { bot, program }: CachedBot,
  session: Session,
  { kind, step_id, detail }: TraceEntry,
): Omit<FlowFailure, 'is_handled'> {
  const sessionVersion = session.flow_version_id === null ? undefined : program.versions.get(session.flow_version_id);
  const version = [...(sessionVersion === undefined ? [] : [sessionVersion]), ...program.versions.values()].find(
    (candidate) => step_id !== null && candidate.program.steps.has(step_id),
  );
  return { bot_id: bot.id, flow_id: version?.flow_id ?? null, step_id, kind, detail };
}

/** Only the ends of flows can be between a failure and its error branch. */
function isHandled(trace: readonly TraceEntry[], index: number): boolean {
  for (const { kind } of trace.slice(index + 1)) {
    if (kind === 'error_branch') return true;
    if (UNHANDLED_SUCCESSOR_KINDS.has(kind)) return false;
  }
  return false;
}
