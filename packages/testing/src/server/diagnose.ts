import type { Room } from '../state/room.ts';
import type { RecordedCall } from './call-log.ts';

/** Why a bot may have said nothing, as far as the fake can see. */
export function diagnose(room: Room, calls: readonly RecordedCall[]): string[] {
  const hints: string[] = [];
  for (const { user, queue } of room.bots) {
    const name = `@${user.username}`;
    if (!queue.hasReceiver) hints.push(`${name} has set no webhook and does not poll: no update reaches it`);
    if (queue.pendingCount > 0) hints.push(`${queue.pendingCount} update(s) wait for ${name}`);
    if (queue.lastError) hints.push(`the last delivery to ${name} failed: ${queue.lastError.message}`);
    const refused = calls.findLast((call) => call.bot_id === user.id && call.error_code !== undefined);
    if (refused) {
      hints.push(`the last call of ${name} that failed: ${refused.method}, ${refused.error_code} ${refused.description}`);
    }
  }
  return hints;
}
