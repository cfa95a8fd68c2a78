import type { JsonObject } from '../model/index.ts';
import { idOf, objectOf, stringOf } from './fields.ts';

/** A query of Telegram to accept or refuse a payment. It must be answered within 10 seconds. */
export interface PreCheckoutQuery {
  readonly query_id: string;
  /** Telegram ID of the payer. */
  readonly user_id: number;
  readonly invoice_payload: string;
}

/** Returns null for any other update. */
export function readPreCheckoutQuery(update: JsonObject): PreCheckoutQuery | null {
  const query = objectOf(update.pre_checkout_query);
  const query_id = stringOf(query?.id);
  const user_id = idOf(objectOf(query?.from)?.id);
  return query_id === null || user_id === null
    ? null
    : { query_id, user_id, invoice_payload: stringOf(query?.invoice_payload) ?? '' };
}
