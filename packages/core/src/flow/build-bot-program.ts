import type { PublishedFlow } from '../model/index.ts';
import { analyzeFlow } from './analyze-flow.ts';
import { listProblems } from './flow-problem.ts';
import type { BotFacts, BotProgram, BrokenVersion, ButtonPlace, CompiledVersion } from './program.ts';
import { createTemplateParser } from './template/parse-template.ts';

/**
 * All that a bot says, compiled. A stored flow that cannot run is left out and named in `broken`: the others work.
 *
 * @param currentFlows - of every active flow the version in force
 * @param older - versions that somebody is still in, or whose buttons are still pressed
 * @param options - what the bot's settings say
 * @example
 * const program = buildBotProgram({ id, name: 'Shop', username: 'shop_bot' }, flows);
 * const { effects } = advance(program, IDLE_SESSION, event, env);
 */
export function buildBotProgram(
  bot: BotFacts,
  currentFlows: readonly PublishedFlow[],
  older: readonly PublishedFlow[] = [],
  { error_flow }: BotProgramOptions = {},
): BotProgram {
  const versions = new Map<number, CompiledVersion>();
  const broken = new Map<number, BrokenVersion>();
  compileInto(versions, broken, [...currentFlows, ...older]);
  const running = currentFlows.flatMap((flow) => {
    const version = versions.get(flow.version_id);
    return version === undefined ? [] : [{ flow, version }];
  });
  const program: Omit<BotProgram, 'error_version'> = {
    bot,
    versions,
    broken,
    // The command of the flow itself before those in documents; of these the first flow's, as validateFlow warns.
    commands: new Map([
      ...running
        .flatMap(({ version }) => version.program.triggers.commands.map((name) => [name, version] as const))
        .reverse(),
      ...running.flatMap(({ flow, version }) =>
        flow.trigger_command === null ? [] : [[commandName(flow.trigger_command), version] as const],
      ),
    ]),
    payload_triggers: running
      .flatMap(({ version }) => version.program.triggers.payloads.map((trigger) => ({ trigger, version })))
      .sort((a, b) => bySpecificity(a.trigger, b.trigger, ({ payload }) => payload)),
    text_triggers: running.flatMap(({ version }) =>
      version.program.triggers.texts.map((trigger) => ({ trigger, version })),
    ),
    first_contact_version: running.find(({ version }) => version.program.triggers.first_contact)?.version ?? null,
    fallback_version: running.find(({ version }) => version.program.triggers.fallback)?.version ?? null,
    callback_triggers: running
      .flatMap(({ version }) => version.program.triggers.callbacks.map((trigger) => ({ trigger, version })))
      .sort((a, b) => bySpecificity(a.trigger, b.trigger, ({ data }) => data)),
    event_triggers: running
      .flatMap(({ version }) => version.program.triggers.events.map((trigger) => ({ trigger, version })))
      .sort((a, b) => Number(a.trigger.emoji === null) - Number(b.trigger.emoji === null)),
    payment_version: running.find(({ version }) => version.program.triggers.payment)?.version ?? null,
    default_version: running.find(({ flow }) => flow.is_default)?.version ?? null,
    callbacks: customCallbacks(running.map(({ version }) => version)),
    current: new Map(running.map(({ version }) => [version.flow_id, version])),
    // Where two flows share a name the first keeps it, as validateFlow warns.
    names: new Map(running.map(({ flow, version }) => [flow.name.toLowerCase(), version] as const).reverse()),
  };
  return { ...program, error_version: error_flow === undefined ? null : findFlow(program, error_flow) };
}

/** Whole ones before beginnings, the longest first. */
function bySpecificity<Trigger extends { readonly is_exact: boolean }>(
  a: Trigger,
  b: Trigger,
  textOf: (trigger: Trigger) => string,
): number {
  return Number(b.is_exact) - Number(a.is_exact) || textOf(b).length - textOf(a).length;
}

export interface BotProgramOptions {
  /** The flow that starts when a step fails without an error branch: its id, its `/command`, or its name. */
  readonly error_flow?: string | undefined;
}

/** The same program knowing more versions (see `versionsNeeded`); what is compiled stays compiled. */
export function addVersions(program: BotProgram, older: readonly PublishedFlow[]): BotProgram {
  const missing = older.filter(
    ({ version_id }) => !program.versions.has(version_id) && !program.broken.has(version_id),
  );
  if (missing.length === 0) return program;
  const versions = new Map(program.versions);
  const broken = new Map(program.broken);
  compileInto(versions, broken, missing);
  return { ...program, versions, broken };
}

/** The flow in force that a button's `flow` names: an id, a `/command`, or a name. */
export function findFlow(
  program: Pick<BotProgram, 'commands' | 'current' | 'names'>,
  reference: string,
): CompiledVersion | null {
  if (reference.startsWith('/')) return program.commands.get(commandName(reference)) ?? null;
  return program.current.get(reference) ?? program.names.get(reference.toLowerCase()) ?? null;
}

/** A command as it is compared: `/Start` and `start` are the same. */
export function commandName(command: string): string {
  return command.replace(/^\//, '').toLowerCase();
}

function compileInto(
  versions: Map<number, CompiledVersion>,
  broken: Map<number, BrokenVersion>,
  flows: readonly PublishedFlow[],
): void {
  const parse = createTemplateParser();
  for (const { version_id, flow_id, flow_data } of flows) {
    const { program, problems } = analyzeFlow(flow_data, parse);
    if (program === null) broken.set(version_id, { id: version_id, flow_id, problems: listProblems(problems) });
    else versions.set(version_id, { id: version_id, flow_id, program });
  }
}

function customCallbacks(versions: readonly CompiledVersion[]): Map<string, ButtonPlace> {
  const places = new Map<string, ButtonPlace>();
  for (const version of versions) {
    for (const [data, { step, button }] of version.program.callbacks)
      if (!places.has(data)) places.set(data, { version, step, button, detail: null });
  }
  return places;
}
