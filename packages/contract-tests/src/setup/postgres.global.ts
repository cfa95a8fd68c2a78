import type { TestProject } from 'vitest/node';
import './provided-context.ts';
import { useShared } from './shared-resource.ts';
import { startPostgres } from './start-postgres.ts';

/** Vitest global setup: provides `postgresUrl`, from `BOTLOOM_TEST_POSTGRES_URL` or from a server of the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.BOTLOOM_TEST_POSTGRES_URL;
  if (given) {
    project.provide('postgresUrl', given);
    return () => Promise.resolve();
  }
  const server = await useShared('postgres', startPostgres);
  project.provide('postgresUrl', server.value);
  return server.close;
}
