import { hasSchedule } from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';

/** Changes within one such window share their side jobs. */
const COALESCE_WINDOW_MS = 2_000;

/** The work that follows a change: sending the command menu to Telegram, planning schedules. */
type SideJobKind = 'tell_menu' | 'plan_schedules';

/**
 * Makes a change and adds the jobs that follow it. The jobs are stored before the change and read the bot when they
 * run, so a crash in between loses nothing. They are stored again after the change, because a slow change can finish
 * after the first ones have run.
 */
export async function withSideJobs<Result>(
  { storage, clock, runtime }: AppContext,
  bot_id: string,
  kinds: readonly SideJobKind[],
  change: () => Promise<Result>,
): Promise<Result> {
  if (kinds.length === 0) return change();
  const add = async (): Promise<void> => {
    const windowIndex = Math.floor(clock.now() / COALESCE_WINDOW_MS);
    const due_at = (windowIndex + 1) * COALESCE_WINDOW_MS + COALESCE_WINDOW_MS / 2;
    await storage.jobs.add(
      kinds.map((kind) => ({
        bot_id,
        kind,
        payload: {},
        due_at,
        key: `${kind}:${bot_id}:${windowIndex}`,
        is_background: true,
      })),
    );
  };
  await add();
  const result = await change();
  await add();
  runtime.wakeJobs();
  return result;
}

/** Returns the side jobs of a change between these documents of a flow. */
export function sideJobsFor(...documents: readonly (JsonObject | undefined)[]): readonly SideJobKind[] {
  return [
    ...(documents.some((each) => each?.description !== undefined) ? ['tell_menu' as const] : []),
    ...(documents.some((each) => each !== undefined && hasSchedule(each)) ? ['plan_schedules' as const] : []),
  ];
}
