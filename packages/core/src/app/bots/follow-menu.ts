import type { JsonObject } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';

/** Milliseconds in which changes gather. */
const GATHER = 2_000;

/**
 * Has Telegram told of what a change does to the bot's menu and descriptions, by a durable job. The job is stored before the change and looks at the bot when it runs, so a
 * crash in between loses nothing; after a change that took its time it is stored once more.
 */
export async function followMenu<Result>({ storage, clock, runtime }: AppContext, bot_id: string, concerns: boolean, change: () => Promise<Result>): Promise<Result> {
  if (!concerns) return change();
  const add = async (): Promise<void> => {
    const slot = Math.floor(clock.now() / GATHER);
    await storage.jobs.add([{ bot_id, kind: 'tell_menu', payload: {}, due_at: (slot + 1) * GATHER + GATHER / 2, key: `tell_menu:${bot_id}:${slot}`, is_background: true }]);
  };
  await add();
  const result = await change();
  await add();
  runtime.wakeJobs();
  return result;
}

/** Whether a flow's document says anything for the menu. */
export function speaksToMenu(flow_data: JsonObject | undefined): boolean {
  return flow_data?.description !== undefined;
}
