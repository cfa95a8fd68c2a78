import { startFakeTelegram, type FakeTelegram } from '@botloom/fake-telegram';
import { startServiceProcess, type ServiceName, type ServiceProcess } from '../processes/service-process.ts';
import { connectApi, type Api } from '../stage/api.ts';
import { startBalancer, type Balancer } from './balancer.ts';
import type { Kill } from './history.ts';

/** Services in separate processes behind a load balancer. They talk to a fake Telegram in this process. */
export interface Cluster {
  readonly telegram: FakeTelegram;
  readonly balancer: Balancer;
  /** The API, through the load balancer. */
  readonly api: Api;
  readonly services: readonly ServiceProcess[];
  readonly kills: readonly Kill[];
  /** Kills a service and starts it again. */
  crash(index: number): Promise<void>;
  /**
   * Suspends a service for some milliseconds, as a long garbage collection or a sleeping machine does. Counts as a
   * kill.
   */
  pauseService(index: number, duration: number): Promise<void>;
  /** Stops a service gracefully. Resolves with its exit code. */
  terminateService(index: number): Promise<number | null>;
  /** Starts a service in the place of one that was retired. */
  replace(index: number): Promise<void>;
  /** The last log lines of every service, for error messages. */
  tails(): string;
  /** Adds the last log lines of every service, or another context, to the error of a failing promise. */
  withLogContext<Result>(work: Promise<Result>, context?: () => string): Promise<Result>;
  stop(): Promise<void>;
}

export interface ClusterOptions {
  readonly service: ServiceName;
  readonly databaseUrl: string;
  readonly instances: number;
  /** Lease of the small service, in milliseconds. The example service uses the default. */
  readonly lease?: number;
  /** Additional environment variables of a service, evaluated at each start. */
  readonly environment?: () => Readonly<Record<string, string>>;
}

const API_KEY = 'botloom-tests-key-without-any-value';
/** Number of log lines per service in error messages. */
const MAX_LOG_LINES = 15;
/** Telegram's waits of 2, 4, 8 … seconds become 40, 80, 160 … milliseconds. */
const RETRY_SCALE = 0.02;

export async function startCluster({
  service: name,
  databaseUrl,
  instances,
  lease = 5_000,
  environment: more,
}: ClusterOptions): Promise<Cluster> {
  const telegram = await startFakeTelegram({
    allowHttpWebhooks: true,
    retryScale: RETRY_SCALE,
    expectTimeout: 90_000,
    historyLimit: 1_000_000,
  });
  const balancer = await startBalancer();
  const environment = {
    PORT: '0',
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: balancer.url,
    TELEGRAM_API_ROOT: telegram.url,
    BOTLOOM_MODE: 'webhook',
    BOTLOOM_SECRET: 'a master key of the tests without any value',
    BOTLOOM_API_KEY: API_KEY,
    LEASE: String(lease),
  };
  const services: ServiceProcess[] = [];
  const kills: Kill[] = [];

  async function start(index: number): Promise<void> {
    const service = await startServiceProcess(name, { ...environment, ...more?.() });
    services[index] = service;
    balancer.setBackend(index, service.port);
  }

  for (let index = 0; index < instances; index += 1) await start(index);
  const api = connectApi(balancer.url, API_KEY);

  function tails(): string {
    return services
      .map((service, index) => `Service ${index}:\n${service.output().split('\n').slice(-MAX_LOG_LINES).join('\n')}`)
      .join('\n');
  }

  return {
    telegram,
    balancer,
    api,
    services,
    kills,
    async crash(index) {
      const at = Date.now();
      await services[index]?.kill();
      await start(index);
      kills.push({ at, until: Date.now() });
    },
    async pauseService(index, duration) {
      const at = Date.now();
      services[index]?.pause();
      await new Promise((resolve) => setTimeout(resolve, duration));
      services[index]?.resume();
      // The instance that takes over its rows when its lease has expired sends again what it had in flight.
      kills.push({ at, until: at + lease / 2, resumed_at: Date.now() });
    },
    terminateService: async (index) => (await services[index]?.terminate()) ?? null,
    replace: start,
    tails,
    withLogContext: (work, context = tails) =>
      work.catch((error: unknown) => {
        throw new Error(`${error instanceof Error ? error.message : String(error)}\n${context()}`, { cause: error });
      }),
    async stop() {
      await api.close();
      await Promise.all(services.map((service) => service.terminate()));
      await balancer.close();
      await telegram.close();
    },
  };
}
