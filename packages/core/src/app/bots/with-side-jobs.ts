import { hasSchedule } from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';

/** Milliseconds in which changes gather. */
const COALESCE_WINDOW_MS = 2_000;

/** What is to be done about a change: the menu is told to Telegram, schedules are planned. */
export type SideJobKind = 'tell_menu' | 'plan_schedules';

/**
 * Carries out a change and what follows from it, by durable jobs. They are stored before the change and look at the bot when they run, so a crash in between loses
 * nothing; after a change that took its time they are stored once more.
 */
export async function withSideJobs<Result>(
  { storage, clock, runtime }: AppContext,
  bot_id: string,
  consequences: readonly SideJobKind[],
  change: () => Promise<Result>,
): Promise<Result> {
  if (consequences.length === 0) return change();
  const add = async (): Promise<void> => {
    const windowIndex = Math.floor(clock.now() / COALESCE_WINDOW_MS);
    const due_at = (windowIndex + 1) * COALESCE_WINDOW_MS + COALESCE_WINDOW_MS / 2;
    await storage.jobs.add(
      consequences.map((kind) => ({
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

/** What follows from a change between these documents of a flow. */
export function sideJobsFor(...documents: readonly (JsonObject | undefined)[]): readonly SideJobKind[] {
  return [
    ...(documents.some((each) => each?.description !== undefined) ? ['tell_menu' as const] : []),
    ...(documents.some((each) => each !== undefined && hasSchedule(each)) ? ['plan_schedules' as const] : []),
  ];
}
