import { z } from 'zod';
import { FLOW_LIMITS, type BotProgram } from '../../../flow/index.ts';
import type { BotSettings, JsonObject } from '../../../model/index.ts';
import { TelegramApiError } from '../../../telegram/index.ts';
import type { JobDeps, JobHandler } from '../job-handler.ts';
import { retryLater } from '../retry-later.ts';

/**
 * The menu at Telegram: values by kind and language code, such as `commands:de`. An empty language code is the default.
 */
type MenuEntries = Readonly<Record<string, string>>;

const menuSchema = z.record(z.string(), z.string());
/** Marks an entry whose value at Telegram is unknown. No text and no list has this value. */
const UNKNOWN_VALUE = '\n';

/**
 * Sends the commands of the flows, the description and the short description to Telegram, if they differ from what was
 * sent last. Each accepted entry is stored at once, so that an interrupted job continues where it stopped. Entries that
 * were set by other programs are left alone until a flow or a setting defines them.
 */
export const syncMenu: JobHandler = async (job, deps) => {
  const bot = job.bot_id === null ? null : await deps.bots.reload(job.bot_id);
  // A bot that is activated again gets a new job.
  if (bot?.bot.is_active !== true) return { kind: 'done' };
  const { id } = bot.bot;
  let before = await deps.storage.bots.syncedMenu(id);
  let synced: MenuEntries = before === null ? {} : menuSchema.parse(JSON.parse(before));
  const desired = desiredMenu(bot.program, bot.bot.settings);
  for (const key of new Set([...Object.keys(desired), ...Object.keys(synced)])) {
    if (desired[key] === synced[key]) continue;
    try {
      await pushMenuEntry(key, desired[key], bot.secrets, deps);
    } catch (error) {
      if (error instanceof TelegramApiError && error.error_code === 429)
        return retryLater(job, deps, error.message, (error.retry_after ?? 1) * 1000);
      if (!(error instanceof TelegramApiError) || error.error_code !== 400) throw error;
      // Telegram will never accept this entry, for example because it does not know the language. The other entries are
      // sent anyway.
      deps.logger.warn(
        { bot_id: id, menu: key, error: error.message },
        'Telegram rejects a part of the menu of this bot; correct it in the flow or in the settings',
      );
    }
    synced = Object.fromEntries(
      [...Object.entries({ ...synced, [key]: desired[key] ?? '' })].filter(([, value]) => value !== ''),
    );
    const after = JSON.stringify(synced);
    // Another job has changed the menu meanwhile: the state at Telegram is unknown.
    if (!(await deps.storage.bots.saveSyncedMenu(id, before, after))) {
      const unknown = JSON.stringify(
        Object.fromEntries([...Object.keys(desired), ...Object.keys(synced)].map((each) => [each, UNKNOWN_VALUE])),
      );
      await deps.storage.bots.saveSyncedMenu(id, await deps.storage.bots.syncedMenu(id), unknown);
      return { kind: 'again', due_at: deps.clock.now() + 1_000, reason: 'another change was in progress' };
    }
    before = after;
  }
  return { kind: 'done' };
};

/** Returns the menu that the active flows and the settings define. */
function desiredMenu(
  program: BotProgram,
  { description, descriptions, short_description, short_descriptions }: BotSettings,
): MenuEntries {
  const listed = [...program.current.values()].flatMap((version) => {
    const { menu } = version.program;
    return menu === null
      ? []
      : [...program.commands].filter(([, other]) => other === version).map(([command]) => ({ command, menu }));
  });
  const languages = new Set(['', ...listed.flatMap(({ menu }) => Object.keys(menu.descriptions))]);
  const lists = [...languages].map((language) => {
    const commands = listed
      .slice(0, FLOW_LIMITS.menuCommands)
      .map(({ command, menu }) => ({ command, description: menu.descriptions[language] ?? menu.description }));
    return [`commands:${language}`, commands.length === 0 ? undefined : JSON.stringify(commands)] as const;
  });
  const texts = [
    ...Object.entries({ '': description, ...descriptions }).map(
      ([language, text]) => [`description:${language}`, text] as const,
    ),
    ...Object.entries({ '': short_description, ...short_descriptions }).map(
      ([language, text]) => [`short_description:${language}`, text] as const,
    ),
  ];
  return Object.fromEntries(
    [...lists, ...texts].flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, value]])),
  );
}

async function pushMenuEntry(
  key: string,
  value: string | undefined,
  secrets: Parameters<JobDeps['telegram']['call']>[0],
  { telegram }: JobDeps,
): Promise<void> {
  const [kind, language] = key.split(':');
  const language_code: JsonObject = language === undefined || language === '' ? {} : { language_code: language };
  if (kind === 'commands') {
    // Written by `desiredMenu`: a list of commands.
    if (value === undefined) await telegram.call(secrets, 'deleteMyCommands', language_code);
    else
      await telegram.call(secrets, 'setMyCommands', { commands: JSON.parse(value) as JsonObject[], ...language_code });
  } else if (kind === 'description')
    await telegram.call(secrets, 'setMyDescription', { description: value ?? '', ...language_code });
  else await telegram.call(secrets, 'setMyShortDescription', { short_description: value ?? '', ...language_code });
}
