import type { Kysely } from 'kysely';
import { BotloomError } from '../../errors/index.ts';
import type { OutboxStore } from '../outbox-store.ts';
import type { SecretBox } from '../secret-box.ts';
import type { InstanceStore, MaintenanceStore, Storage, UpdateStore } from '../storage.ts';
import type { Database } from './database.ts';
import type { DialectTraits } from './dialect-traits.ts';
import { Keyring } from './keyring.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { findPending, migrate, type MigrationRunner } from './migrations/migrate.ts';
import { createAnswerStore } from './stores/answer-store.ts';
import { createApiKeyStore } from './stores/api-key-store.ts';
import { createBotStore } from './stores/bot-store.ts';
import { createDeadLetterStore } from './stores/dead-letter-store.ts';
import { createFlowStore } from './stores/flow-store.ts';
import { createInstanceStore } from './stores/instance-store.ts';
import { createJobStore } from './stores/job-store.ts';
import { createMaintenanceStore } from './stores/maintenance-store.ts';
import { createMessageStore } from './stores/message-store.ts';
import { createSecretStore } from './stores/secret-store.ts';
import { createSessionStore } from './stores/session-store.ts';
import { createUploadStore } from './stores/upload-store.ts';
import { createUserStore } from './stores/user-store.ts';
import type { Tables } from './tables.ts';

/** What a database brings: its connection, its traits, and the parts that are written in its own SQL. */
export interface KyselyStorageParts {
  readonly db: Kysely<Tables>;
  readonly traits: DialectTraits;
  readonly migrationRunner: MigrationRunner;
  readonly onRowHandoff: InstanceStore['onRowHandoff'];
  readonly pruneSeenUpdates: MaintenanceStore['pruneSeenUpdates'];
  createUpdateStore(instances: InstanceStore): UpdateStore;
  createOutboxStore(instances: InstanceStore): OutboxStore;
  close(): Promise<void>;
}

/** Assembles a storage from a database's parts and the stores that are written once for both. */
export function createKyselyStorage(parts: KyselyStorageParts, secretBox: SecretBox): Storage {
  const { db, traits, migrationRunner, onRowHandoff, pruneSeenUpdates } = parts;
  const database: Database = { db, traits, keyring: new Keyring(secretBox) };
  const instances = createInstanceStore({ ...database, onRowHandoff });
  return {
    dialect: traits.dialect,
    bots: createBotStore(database),
    flows: createFlowStore(database),
    users: createUserStore(database),
    messages: createMessageStore(database),
    answers: createAnswerStore(database),
    sessions: createSessionStore(database),
    updates: parts.createUpdateStore(instances),
    outbox: parts.createOutboxStore(instances),
    jobs: createJobStore(database),
    instances,
    api_keys: createApiKeyStore(database),
    secrets: createSecretStore(database),
    uploads: createUploadStore(database),
    dead_letters: createDeadLetterStore(database),
    maintenance: createMaintenanceStore({ ...database, pruneSeenUpdates }),
    migrate: (mode) => migrate(database, migrationRunner, mode),
    async ready() {
      const pending = await findPending(db, migrationRunner, MIGRATIONS);
      if (pending.length > 0)
        throw new BotloomError('STORAGE_UNAVAILABLE', 'The database is not migrated.', { retryAfter: 3 });
    },
    close: () => parts.close(),
  };
}
