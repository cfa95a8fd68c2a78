import type { Session, TraceEntry, TraceKind } from '../engine/index.ts';
import type { CachedBot } from './bot-cache.ts';
import type { FlowFailure } from './decided.ts';

/** Ends of flows that their makers did not mean. */
const FAILURES: ReadonlySet<TraceKind> = new Set(['step_failed', 'budget_exceeded', 'payment_unhandled']);

/** What of a trace went wrong. `session` is the one that the event found. */
export function flowFailures(bot: CachedBot, session: Session, trace: readonly TraceEntry[]): readonly FlowFailure[] {
  return trace.filter(({ kind }) => FAILURES.has(kind)).map((entry) => failureOf(bot, session, entry));
}

/** The flow is the session's, or else the first that has such a step. */
function failureOf({ bot, program }: CachedBot, session: Session, { kind, step_id, detail }: TraceEntry): FlowFailure {
  const own = session.flow_version_id === null ? undefined : program.versions.get(session.flow_version_id);
  const version = [...(own === undefined ? [] : [own]), ...program.versions.values()].find((candidate) => step_id !== null && candidate.program.steps.has(step_id));
  return { bot_id: bot.id, flow_id: version?.flow_id ?? null, step_id, kind, detail };
}
