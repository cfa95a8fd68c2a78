import type { TraceEntry } from '../../engine/index.ts';
import type { BatchUser } from '../../storage/index.ts';
import type { CachedBot } from '../bots/bot-cache.ts';
import type { RuntimeEventMap } from '../runtime-events.ts';

/** Returns the steps that a trace has entered, in order, as events for listeners. */
export function listEnteredSteps(
  { bot, program }: CachedBot,
  { id, chat_id }: BatchUser,
  trace: readonly TraceEntry[],
): RuntimeEventMap['step.entered'][] {
  const entered: RuntimeEventMap['step.entered'][] = [];
  let started_by: string | null = null;
  for (const { kind, step_id, version_id, detail } of trace) {
    if (kind === 'flow_started') started_by = detail;
    if (kind !== 'step_entered' || step_id === null) continue;
    const version = program.versions.get(version_id ?? 0);
    const type = version?.program.steps.get(step_id)?.kind;
    if (version === undefined || type === undefined) continue;
    entered.push({ bot_id: bot.id, user_id: id, chat_id, flow_id: version.flow_id, step_id, type, started_by });
    started_by = null;
  }
  return entered;
}
