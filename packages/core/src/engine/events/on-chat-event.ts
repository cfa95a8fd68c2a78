import type { BotProgram, CompiledVersion } from '../../flow/index.ts';
import type { EventResult } from '../advance-result.ts';
import type { EventOf } from '../event.ts';
import { interrupt } from '../run/interrupt.ts';
import { runSteps } from '../run/run-steps.ts';
import { addTrace, startRun } from '../run/run.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { isDuplicate, rememberEvent } from '../state/deduplicate-chat-events.ts';
import { IDLE_STATE, type SessionState } from '../state/session-state.ts';
import type { TraceKind } from '../trace.ts';
import type { EventHandler } from './event-handler.ts';
import { discardSideFlow, keepCurrentWait } from './keep-current-wait.ts';

/**
 * Starts the flow that listens to the event. Like one started by a keyword, it leaves the session where it was when it
 * ends immediately.
 */
export const onChatEvent: EventHandler<'chat_event'> = (context) => {
  const { program, session, event } = context;
  const version = findEventFlow(program, event);
  if (version === null) return unchanged(session, 'ignored');
  if (isDuplicate(session, event)) return unchanged(session, 'told_again');
  const current = findCurrentStep(program, session);
  const sessionAtEnd = current === null ? IDLE_STATE : session;
  const run = startRun(context, version);
  interrupt(run, context);
  addTrace(run, 'flow_started', null, event.name);
  const done = runSteps(run, version.program.initial, sessionAtEnd);
  return rememberEvent(
    UNREACHABLE_EVENTS.has(event.name)
      ? withoutMessages(done, sessionAtEnd)
      : keepCurrentWait(session, done, run, sessionAtEnd),
    session,
    event,
  );
};

/** Events after which the bot cannot reach the chat. */
const UNREACHABLE_EVENTS: ReadonlySet<EventOf<'chat_event'>['name']> = new Set(['blocked', 'bot_removed']);

function findEventFlow({ event_triggers }: BotProgram, { name, emoji }: EventOf<'chat_event'>): CompiledVersion | null {
  const found = event_triggers.find(
    ({ trigger }) =>
      trigger.event === name && (trigger.emoji === null || (emoji !== null && trigger.emoji.includes(emoji))),
  );
  return found?.version ?? null;
}

/**
 * Removes everything addressed to the chat. The person cannot answer, so a flow continues only if it waits for a time
 * or for outside work, and only if the session does not already do so: that wait must not be lost.
 */
function withoutMessages(done: EventResult, sessionAtEnd: SessionState): EventResult {
  const continues = done.session !== sessionAtEnd && isWaitingForExternal(done.session);
  if (continues && isWaitingForExternal(sessionAtEnd)) return discardSideFlow(done, sessionAtEnd);
  const effects = done.effects.filter(
    ({ kind }) => kind !== 'send' && kind !== 'call' && (continues || kind !== 'timer'),
  );
  return { ...done, session: continues ? done.session : sessionAtEnd, effects };
}

function isWaitingForExternal(session: SessionState): boolean {
  return session.wait !== null && session.wait.reason !== 'answer';
}

function unchanged(session: SessionState, kind: TraceKind): EventResult {
  return { session, effects: [], answers: [], trace: [{ kind, step_id: null, detail: null }] };
}
