import { sql, type Kysely, type UpdateObject } from 'kysely';
import type { Bot, Scope } from '../../../model/index.ts';
import type { BotSecrets, BotStore } from '../../bot-store.ts';
import type { SecretBox, SecretLocation } from '../../secret-box.ts';
import { webhookSecretDigest } from '../../webhook-secret-digest.ts';
import type { Database } from '../database.ts';
import { isUuid, toBoolean } from '../rows/values.ts';
import type { Tables } from '../tables.ts';

type GetBotOrThrow = (trx: Kysely<Tables>, scope: Scope, id: string) => Promise<Bot>;
type SecretColumn = 'token' | 'webhook_secret' | 'pending_webhook_secret' | 'old_webhook_secret';

export interface SealedSecrets {
  readonly id: string;
  readonly token: string;
  readonly webhook_secret: string;
  readonly pending_webhook_secret: string | null;
  readonly old_webhook_secret: string | null;
}

/** Each secret is bound to its column and row; the webhook's share one place, since a confirmed secret moves from column to column. */
export function secretLocation(column: SecretColumn, row_id: string): SecretLocation {
  return { table: 'botloom_bot', column: column === 'token' ? column : 'webhook_secret', row_id };
}

export function openSecrets(box: SecretBox, row: SealedSecrets): BotSecrets {
  const open = (column: SecretColumn, sealed: string) => box.open(secretLocation(column, row.id), sealed);
  return {
    id: row.id,
    token: open('token', row.token),
    webhook_secret: open('webhook_secret', row.webhook_secret),
    pending_webhook_secret:
      row.pending_webhook_secret === null ? null : open('pending_webhook_secret', row.pending_webhook_secret),
    old_webhook_secret: row.old_webhook_secret === null ? null : open('old_webhook_secret', row.old_webhook_secret),
  };
}

/** The change of a webhook's secret: staged (both are accepted), confirmed (Telegram has the new one), and a minute later only that one. */
export function createBotWebhookMethods(
  { db, traits, keyring }: Database,
  getOrThrow: GetBotOrThrow,
): Pick<
  BotStore,
  'stageWebhookSecret' | 'unstageWebhookSecret' | 'confirmWebhook' | 'dropOldWebhookSecret' | 'clearWebhook'
> {
  async function updateBot(trx: Kysely<Tables>, id: string, set: UpdateObject<Tables, 'botloom_bot'>): Promise<void> {
    await trx
      .updateTable('botloom_bot')
      .set({ ...set, revision: sql<number>`revision + 1`, updated_at: traits.bindTime(Date.now()) })
      .where('id', '=', id)
      .execute();
  }

  return {
    stageWebhookSecret: (scope, id, secret) =>
      db.transaction().execute(async (trx) => {
        await getOrThrow(trx, scope, id);
        const location = secretLocation('pending_webhook_secret', id);
        // The row is locked by it: of two changes at once, the second goes on with the first one's secret.
        await updateBot(trx, id, {
          pending_webhook_secret: sql<string>`coalesce(pending_webhook_secret, ${keyring.box.seal(location, secret)})`,
        });
        const { pending_webhook_secret: sealed } = await trx
          .selectFrom('botloom_bot')
          .select('pending_webhook_secret')
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        const pending = sealed === null ? secret : keyring.box.open(location, sealed);
        return { secret: pending, is_new: pending === secret };
      }),

    async unstageWebhookSecret(id, pending_secret_digest) {
      if (!isUuid(id)) return;
      await db.transaction().execute(async (trx) => {
        const row = await trx
          .selectFrom('botloom_bot')
          .select('pending_webhook_secret')
          .where('id', '=', id)
          .where('deleted_at', 'is', null)
          .executeTakeFirst();
        if (row === undefined || row.pending_webhook_secret === null) return;
        if (
          webhookSecretDigest(
            keyring.box.open(secretLocation('pending_webhook_secret', id), row.pending_webhook_secret),
          ) !== pending_secret_digest
        )
          return;
        await trx
          .updateTable('botloom_bot')
          .set({ pending_webhook_secret: null, revision: sql<number>`revision + 1` })
          .where('id', '=', id)
          .where('pending_webhook_secret', '=', row.pending_webhook_secret)
          .execute();
      });
    },

    confirmWebhook: (scope, id, secret_digest, url) =>
      db.transaction().execute(async (trx) => {
        await getOrThrow(trx, scope, id);
        // Nothing changes; it locks the row.
        await trx
          .updateTable('botloom_bot')
          .set({ revision: sql<number>`revision` })
          .where('id', '=', id)
          .execute();
        const row = await trx
          .selectFrom('botloom_bot')
          .select(['webhook_secret', 'pending_webhook_secret', 'is_webhook_set', 'webhook_url'])
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        const matchesDigest = (column: 'webhook_secret' | 'pending_webhook_secret', sealed: string): boolean =>
          webhookSecretDigest(keyring.box.open(secretLocation(column, id), sealed)) === secret_digest;
        if (
          row.pending_webhook_secret !== null &&
          matchesDigest('pending_webhook_secret', row.pending_webhook_secret)
        ) {
          await updateBot(trx, id, {
            old_webhook_secret: row.webhook_secret,
            webhook_secret: row.pending_webhook_secret,
            pending_webhook_secret: null,
            is_webhook_set: true,
            webhook_url: url,
          });
        } else if (!toBoolean(row.is_webhook_set) || !matchesDigest('webhook_secret', row.webhook_secret)) {
          return null;
        } else if (row.webhook_url !== url) {
          await updateBot(trx, id, { webhook_url: url });
        }
        return getOrThrow(trx, scope, id);
      }),

    async dropOldWebhookSecret(id, confirmed_secret_digest) {
      if (!isUuid(id)) return;
      await db.transaction().execute(async (trx) => {
        const row = await trx
          .selectFrom('botloom_bot')
          .select(['webhook_secret', 'old_webhook_secret'])
          .where('id', '=', id)
          .where('deleted_at', 'is', null)
          .executeTakeFirst();
        if (row === undefined || row.old_webhook_secret === null) return;
        if (
          webhookSecretDigest(keyring.box.open(secretLocation('webhook_secret', id), row.webhook_secret)) !==
          confirmed_secret_digest
        )
          return;
        await trx
          .updateTable('botloom_bot')
          .set({ old_webhook_secret: null, revision: sql<number>`revision + 1` })
          .where('id', '=', id)
          .where('webhook_secret', '=', row.webhook_secret)
          .execute();
      });
    },

    clearWebhook: (scope, id) =>
      db.transaction().execute(async (trx) => {
        await getOrThrow(trx, scope, id);
        await updateBot(trx, id, { is_webhook_set: false, webhook_url: null, pending_webhook_secret: null });
        return getOrThrow(trx, scope, id);
      }),
  };
}
