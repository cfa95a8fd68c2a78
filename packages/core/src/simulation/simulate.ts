import { readState, type EnvUser } from '../engine/index.ts';
import { BotloomError, formatProblems } from '../errors/index.ts';
import { buildBotProgram, listProblems, type PublishedFlow } from '../flow/index.ts';
import type { JsonObject } from '../model/index.ts';
import { performAction } from './actions.ts';
import { coverageOf } from './coverage.ts';
import type { ScriptAction, SimulatedFlow, SimulationOptions } from './script.ts';
import type { Simulation, Waiting } from './simulation.ts';
import { createWorld, isoOf, type World } from './world.ts';

/**
 * Simulates a person's dialogue with a flow, in memory, with the compiler and the engine of real bots and a clock that
 * only the script advances. The same arguments return the same result. The flow is started by `/start` and is the
 * default flow.
 *
 * @param flow - a flow document
 * @param script - actions of the person and of the outside world, in order
 * @throws FLOW_DATA_INVALID - with every problem, when a flow cannot run
 * @example
 * const { dialogue, coverage } = simulate({ response: 'Hi {{ user.first_name }}' }, ['/start'], {
 *   person: { first_name: 'Ann' },
 * });
 * dialogue.at(-1)?.text; // 'Hi Ann'
 * coverage.share; // 1
 */
export function simulate(flow: object, script: readonly ScriptAction[], options: SimulationOptions = {}): Simulation {
  const { name = 'Bot', username = 'bot', time_zone, error_flow, chats } = options.bot ?? {};
  const flows = publish([{ name: 'Flow', flow_data: flow, trigger_command: 'start' }, ...(options.flows ?? [])]);
  const program = buildBotProgram(
    { id: '00000000-0000-4000-8000-000000000000', name, username, time_zone, chats },
    flows,
    [],
    { error_flow },
  );
  for (const broken of program.broken.values()) {
    const problems = listProblems(broken.problems);
    throw new BotloomError('FLOW_DATA_INVALID', formatProblems(problems), { problems });
  }
  const world = createWorld(
    program,
    personOf(options),
    Date.parse(options.starts_at ?? '2026-01-05T09:00:00.000Z'),
    options,
  );
  for (const action of script) performAction(world, action);
  const { dialogue, trace, answers, problems, session, now } = world;
  const names = new Map(flows.map(({ version_id, name: flowName }) => [version_id, flowName]));
  return {
    dialogue,
    trace,
    coverage: coverageOf(program, names, trace),
    waiting: waitingOf(world, names),
    variables: readState(session).variables,
    answers,
    problems,
    ended_at: isoOf(now),
  };
}

function publish(flows: readonly SimulatedFlow[]): PublishedFlow[] {
  return flows.map(({ name, flow_data, trigger_command, flow_id }, index) => ({
    flow_id: flow_id ?? `flow-${index + 1}`,
    version_id: index + 1,
    name,
    flow_data: JSON.parse(JSON.stringify(flow_data)) as JsonObject, // as a stored document is: JSON
    trigger_command: trigger_command?.replace(/^\//, '') ?? null,
    is_default: index === 0,
  }));
}

function personOf({ person }: SimulationOptions): EnvUser {
  const known = {
    chat_id: 1,
    username: null,
    first_name: 'Ann',
    last_name: null,
    language: null,
    phone: null,
    tags: [],
    attributes: {},
  };
  return { id: '00000000-0000-4000-8000-000000000001', ...known, ...person };
}

function waitingOf({ program, session }: World, names: ReadonlyMap<number, string>): Waiting | null {
  const { flow_version_id, step_id } = session;
  const step =
    flow_version_id === null || step_id === null
      ? undefined
      : program.versions.get(flow_version_id)?.program.steps.get(step_id);
  if (flow_version_id === null || step === undefined) return null;
  const { wait } = readState(session);
  const deadline = wait?.deadline ?? null;
  const until = deadline === null ? null : isoOf(deadline);
  return {
    flow: names.get(flow_version_id) ?? '',
    step_id: step.id,
    type: step.kind,
    reason: wait?.reason ?? 'person',
    subject: wait?.subject ?? null,
    until,
  };
}
