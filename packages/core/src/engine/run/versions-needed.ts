import { decodeCallback } from '../../flow/index.ts';
import type { EngineEvent } from '../event.ts';
import { interruptedOf } from '../state/interruption.ts';
import type { Session } from '../state/session.ts';
import { stackOf } from '../state/stack.ts';

/**
 * The versions that `advance` will look up for this session and event; the caller loads those that the program lacks
 * (`addVersions`). One that does not exist any more, or is another bot's, is simply left out.
 */
export function versionsNeeded(session: Session, event: EngineEvent): readonly number[] {
  const interrupted = interruptedOf(session);
  if (interrupted !== null)
    return [
      ...new Set([
        ...versionsNeeded(interrupted, event),
        ...versionsNeeded({ ...session, state: { ...session.state, interrupted: null } }, event),
      ]),
    ];
  const pinned = session.flow_version_id;
  const pressed = event.kind === 'callback' ? (decodeCallback(event.data)?.version_id ?? null) : null;
  if (pinned === null) return pressed === null ? NONE : [pressed];
  const { frames } = stackOf(session);
  if (frames.length > 0)
    return [
      ...new Set([pinned, ...frames.map((frame) => frame.flow_version_id), ...(pressed === null ? [] : [pressed])]),
    ];
  return pressed === null || pressed === pinned ? [pinned] : [pinned, pressed];
}

const NONE: readonly number[] = Object.freeze([]);
