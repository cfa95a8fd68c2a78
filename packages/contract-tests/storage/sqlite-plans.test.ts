import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createSecretBox } from '@botloom/core';
import { sqlite } from '@botloom/core/sqlite';
import { runAllReads, seedDatabase } from './run-all-reads.ts';

/**
 * Tables that stay small, and results of other parts of the same plan, by their alias there. The aliases of Botloom's
 * tables are different.
 */
const SCAN_ALLOWED_PATTERN =
  /^SCAN (botloom_(instance|lease|migration|secret)\b|i\b|json_each\b|sqlite_master\b|CONSTANT ROW|\(subquery-\d+\)|p\b|newest$|o\d?$|d\d$)/;

test('no read of SQLite scans a whole table', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'botloom-plans-'));
  const file = join(folder, 'plans.db');
  const storage = sqlite({ file })({ secretBox: createSecretBox(['the key of the tests']) });
  const statements = new Set<string>();
  const { prepare } = Database.prototype;
  try {
    await storage.migrate('auto');
    const sample = await seedDatabase(storage);
    const database = new Database(file);
    database.exec('analyze');
    // Statements are prepared once. A second storage prepares them all again, and the test records this.
    const heard = sqlite({ file })({ secretBox: createSecretBox(['the key of the tests']) });
    Database.prototype.prepare = function (this: InstanceType<typeof Database>, source: string) {
      statements.add(source);
      return prepare.call(this, source);
    } as typeof prepare;
    await runAllReads(heard, sample);
    Database.prototype.prepare = prepare;
    await heard.close();
    const reads = [...statements].filter((sql) => /^\s*(select|update|delete|with|insert[^]*select)/i.test(sql));
    expect(reads.length).toBeGreaterThan(40);
    const scans = reads.flatMap((sql) => {
      const plan = database
        .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
        .all(...Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => null));
      const bad = plan.filter(
        ({ detail }) => detail.startsWith('SCAN') && !SCAN_ALLOWED_PATTERN.test(detail) && !stopsEarly(sql, detail),
      );
      return bad.length === 0 ? [] : [{ sql, plan: plan.map(({ detail }) => detail) }];
    });
    database.close();
    expect(scans).toEqual([]);
  } finally {
    Database.prototype.prepare = prepare;
    await storage.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);

/**
 * A scan in the order of an index (or of the rows, when claims are pruned from the oldest on) that stops at a limit.
 */
function stopsEarly(sql: string, detail: string): boolean {
  return (
    / limit /i.test(sql) &&
    (/USING (COVERING )?INDEX/.test(detail) || (detail === 'SCAN botloom_seen_update' && sql.startsWith('delete')))
  );
}
