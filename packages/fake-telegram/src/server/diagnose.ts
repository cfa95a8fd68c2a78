import type { RecordedCall } from '../call/call-log.ts';
import type { Room } from '../state/bot-state.ts';
import type { Delivery } from './fake-telegram.ts';

/** Returns possible reasons why a bot has sent nothing, as far as the fake knows them. */
export function diagnose(room: Room, calls: readonly RecordedCall[], deliveries: readonly Delivery[]): string[] {
  const hints: string[] = [];
  for (const { user, queue } of room.bots) {
    const name = `@${user.username}`;
    if (!queue.hasReceiver) hints.push(`${name} has set no webhook and does not poll: no update reaches it`);
    if (queue.pendingCount > 0) hints.push(`${queue.pendingCount} update(s) wait for ${name}`);
    if (queue.lastError) hints.push(`the last delivery to ${name} failed: ${queue.lastError.message}`);
    const lost = deliveries.findLast(({ bot, outcome }) => bot === user.username && lostOutcomes.has(outcome));
    if (lost) hints.push(`update ${lost.update_id} for ${name} was ${lost.outcome}`);
    const refused = calls.findLast((call) => call.bot_id === user.id && call.error_code !== undefined);
    if (refused) {
      hints.push(
        `the last call of ${name} that failed: ${refused.method}, ${refused.error_code} ${refused.description}`,
      );
    }
  }
  return hints;
}

/** Dropped: by `drop_pending_updates`. Expired: the bot did not accept the update in time. */
const lostOutcomes: ReadonlySet<string> = new Set(['dropped', 'expired']);
