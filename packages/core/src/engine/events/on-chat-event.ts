import type { BotProgram, CompiledVersion } from '../../flow/index.ts';
import type { EventResult } from '../advance-result.ts';
import type { EventOf } from '../event.ts';
import { interrupt } from '../run/interrupt.ts';
import { note, startRun } from '../run/run.ts';
import { walk } from '../run/walk.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { isDuplicate, rememberEvent } from '../state/deduplicate-chat-events.ts';
import { IDLE_STATE, type SessionState } from '../state/session-state.ts';
import type { TraceKind } from '../trace.ts';
import type { EventHandler } from './event-handler.ts';
import { holdBack, keepWaiting } from './keep-waiting.ts';

/**
 * Starts the flow that listens to the event. Like one started by a keyword, it leaves the session where it was when it
 * ends immediately.
 */
export const onChatEvent: EventHandler<'chat_event'> = (context) => {
  const { program, session, event } = context;
  const version = findListener(program, event);
  if (version === null) return unmoved(session, 'ignored');
  if (isDuplicate(session, event)) return unmoved(session, 'told_again');
  const standing = findCurrentStep(program, session);
  const rest = standing === null ? IDLE_STATE : session;
  const run = startRun(context, version);
  interrupt(run, context);
  note(run, 'flow_started', null, event.name);
  const done = walk(run, version.program.initial, rest);
  return rememberEvent(
    UNREACHABLE.has(event.name) ? silently(done, rest) : keepWaiting(session, done, run, rest),
    session,
    event,
  );
};

/** Events after which the bot cannot reach the chat. */
const UNREACHABLE: ReadonlySet<EventOf<'chat_event'>['name']> = new Set(['blocked', 'bot_removed']);

function findListener({ event_triggers }: BotProgram, { name, emoji }: EventOf<'chat_event'>): CompiledVersion | null {
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
function silently(done: EventResult, rest: SessionState): EventResult {
  const goesOn = done.session !== rest && waitsOutside(done.session);
  if (goesOn && waitsOutside(rest)) return holdBack(done, rest);
  const effects = done.effects.filter(({ kind }) => kind !== 'send' && kind !== 'call' && (goesOn || kind !== 'timer'));
  return { ...done, session: goesOn ? done.session : rest, effects };
}

function waitsOutside(session: SessionState): boolean {
  return session.wait !== null && session.wait.reason !== 'answer';
}

function unmoved(session: SessionState, kind: TraceKind): EventResult {
  return { session, effects: [], answers: [], trace: [{ kind, step_id: null, detail: null }] };
}
