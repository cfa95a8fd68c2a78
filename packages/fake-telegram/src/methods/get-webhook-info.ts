import type { Method } from '../sending/method-call.ts';
import { defined } from '../state/rooms.ts';

export const getWebhookInfo: Method = ({ bot: { queue } }) => ({
  url: queue.webhook?.url ?? '',
  has_custom_certificate: queue.webhook?.has_custom_certificate ?? false,
  pending_update_count: queue.pendingCount,
  ...defined({
    max_connections: queue.webhook?.max_connections,
    ip_address: queue.webhook && (queue.webhook.ip_address ?? '127.0.0.1'),
    last_error_date: queue.lastError?.date,
    last_error_message: queue.lastError?.message,
    allowed_updates: queue.allowed_updates.length > 0 ? queue.allowed_updates : undefined,
  }),
});
