import type { Session, TraceEntry, TraceKind } from '../../engine/index.ts';
import type { CachedBot } from '../bots/bot-cache.ts';
import type { FlowFailure } from './batch-plan.ts';

/** Ends of flows that their makers did not mean. */
const FAILURE_KINDS: ReadonlySet<TraceKind> = new Set(['step_failed', 'budget_exceeded', 'payment_unhandled']);

/** What may stand next in a trace when a failure was not taken care of. */
const UNHANDLED_SUCCESSOR_KINDS: ReadonlySet<TraceKind> = new Set([
  'step_failed',
  'budget_exceeded',
  'flow_started',
  'step_entered',
]);

/** What of a trace went wrong. `session` is the one that the event found. */
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

/** The flow is the session's, or else the first that has such a step. */
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

/** Between a failure and its error branch stand only the flows that are left for it. */
function isHandled(trace: readonly TraceEntry[], index: number): boolean {
  for (const { kind } of trace.slice(index + 1)) {
    if (kind === 'error_branch') return true;
    if (UNHANDLED_SUCCESSOR_KINDS.has(kind)) return false;
  }
  return false;
}
