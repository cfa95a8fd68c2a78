import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Message } from '@botloom/core';
import { startCluster, type Cluster } from '../crash/cluster.ts';
import { createHarnessDatabase, type DatabaseName, type HarnessDatabase } from '../stage/databases.ts';
import { createBotByApi, type FlowPlan, type HarnessBot } from '../stage/test-harness.ts';
import { arm, type CrashPoint } from './crash-points.ts';
import { startWorkServer, type WorkServer } from './work-server.ts';

export interface CrashHarnessOptions {
  readonly database: DatabaseName;
  /** A single instance is started again after the kill; of two instances, the other has to continue alone. */
  readonly instances: 1 | 2;
}

/** Services that the tests of a file kill, and their environment. */
export interface CrashHarness {
  readonly cluster: Cluster;
  readonly work: WorkServer;
  readonly databaseUrl: string;
  createBot(name: string, flows: readonly FlowPlan[]): Promise<HarnessBot>;
  /** Arms a crash point: the next service that reaches it dies. */
  arm(point: CrashPoint): Promise<void>;
  /** Kills the service that claimed this work. */
  killOwnerOf(job: string, bot: HarnessBot): Promise<void>;
  /**
   * Must be called before a service is killed. The result waits until a service is gone and starts it again if it was
   * the only one. It returns a function that restores the second instance at the end.
   */
  watchForCrash(): () => Promise<() => Promise<void>>;
  /** Messages that a bot has sent or queued, oldest first. */
  outgoing(bot: HarnessBot): Promise<readonly Message[]>;
}

/** Declares the hooks that start and stop the harness of a test file. */
export function useCrashHarness({ database, instances }: CrashHarnessOptions): CrashHarness {
  let store: HarnessDatabase;
  let work: WorkServer;
  let cluster: Cluster;
  let folder: string;
  let bots = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'botloom-crash-'));
    store = await createHarnessDatabase(database);
    work = await startWorkServer();
    cluster = await startCluster({
      service: 'small',
      databaseUrl: store.url,
      instances,
      lease: 1_000,
      environment: () => ({ CRASH_FOLDER: folder, WORK_HOST: work.host }),
    });
  }, 180_000);

  afterAll(async () => {
    await cluster.stop();
    await work.close();
    await store.drop();
    await rm(folder, { recursive: true });
  });

  return {
    get cluster() {
      return cluster;
    },
    get work() {
      return work;
    },
    get databaseUrl() {
      return store.url;
    },
    createBot: (name, flows) =>
      createBotByApi(cluster.api, cluster.telegram.createBot({ username: `${name}_${(bots += 1)}_bot` }), flows, true),
    arm: (point) => arm(folder, point),
    async killOwnerOf(job, bot) {
      await cluster.services.find((service) => service.output().includes(`claimed ${job} for ${bot.id}`))?.kill();
    },
    watchForCrash() {
      const dead = Promise.race(cluster.services.map(({ gone }, each) => gone.then(() => each)));
      return async () => {
        const index = await cluster.withLogContext(dead);
        cluster.balancer.setBackend(index, null);
        if (instances === 1) await cluster.replace(index);
        return async () => {
          if (instances > 1) await cluster.replace(index);
        };
      };
    },
    outgoing: async (bot) => (await cluster.api.all<Message>(`${bot.path}/messages?direction=outgoing`)).reverse(),
  };
}
