import pg from 'pg';
import { expect, test } from 'vitest';
import { createSecretBox } from '@botloom/core';
import { postgres } from '@botloom/core/postgres';
import { createTestDatabase } from '../src/setup/test-database.ts';
import { runAllReads, seedDatabase } from './run-all-reads.ts';

/** Tables that stay small, or from which large parts are read on purpose. */
const SCAN_ALLOWED_TABLES = new Set(['botloom_instance', 'botloom_lease', 'botloom_migration', 'botloom_secret']);

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

test('no read of PostgreSQL scans a whole table', async (context) => {
  const database = await createTestDatabase();
  const secretBox = createSecretBox(['the key of the tests']);
  const storage = postgres({ url: database.url })({ secretBox });
  // The server itself reports the plan of each statement, with the same settings as for a host's pool.
  const flags =
    '-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 ' +
    '-c auto_explain.log_format=json -c client_min_messages=log';
  const pool = new pg.Pool({ connectionString: database.url, options: flags });
  const plans: { readonly sql: string; readonly plan: PlanNode }[] = [];
  pool.on('connect', (client) => {
    client.on('notice', ({ message }) => {
      const json = /plan:\s*(\{[^]*\})$/.exec(message ?? '')?.[1];
      // The format of auto_explain.
      if (json === undefined) return;
      const { 'Query Text': sql, Plan: plan } = JSON.parse(json) as {
        readonly 'Query Text': string;
        readonly Plan: PlanNode;
      };
      plans.push({ sql, plan });
    });
  });
  try {
    try {
      await pool.query('select 1');
    } catch (error) {
      context.skip(`this server has no auto_explain: ${error instanceof Error ? error.message : String(error)}`);
    }
    await storage.migrate('auto');
    const sample = await seedDatabase(storage);
    await pool.query('vacuum analyze');
    const heard = postgres({ pool })({ secretBox });
    plans.length = 0;
    await runAllReads(heard, sample);
    await heard.close();
    expect(plans.length).toBeGreaterThan(80);
    const scans = plans.filter(({ plan }) => sequentialScans(plan).some((table) => !SCAN_ALLOWED_TABLES.has(table)));
    expect(scans.map(({ sql, plan }) => ({ sql, tables: sequentialScans(plan) }))).toEqual([]);
  } finally {
    await storage.close();
    await pool.end();
    await database.drop();
  }
}, 60_000);

function sequentialScans(node: PlanNode): string[] {
  const own = node['Node Type'] === 'Seq Scan' && node['Relation Name'] !== undefined ? [node['Relation Name']] : [];
  return [...own, ...(node.Plans ?? []).flatMap(sequentialScans)];
}
