import type { DatabaseName } from './databases.ts';
import type { AdapterName } from './listen.ts';

/** Adapter × database: the stacks that the journeys run on. */
export const ALL_STACKS: readonly { readonly adapter: AdapterName; readonly database: DatabaseName }[] = [
  { adapter: 'express', database: 'SQLite' },
  { adapter: 'express', database: 'PostgreSQL' },
  { adapter: 'fastify', database: 'SQLite' },
  { adapter: 'fastify', database: 'PostgreSQL' },
];
