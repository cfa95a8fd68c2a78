import { advance, TRACE_KINDS, type EffectOf, type EngineEvent, type TraceKind } from '../engine/index.ts';
import { performEffect } from './effects.ts';
import { isoOf, reportProblem, type World } from './world.ts';

/** Processes an event and performs its effects, including the results that are available immediately. */
export function processEvent(world: World, event: EngineEvent): void {
  advanceSession(world, event);
  for (
    let next = world.results.shift();
    next !== undefined && !isEventLimitReached(world);
    next = world.results.shift()
  )
    advanceSession(world, { kind: 'result', ...next });
}

/** Advances the clock to a time; timers on the way fire when they are due. */
export function advanceClock(world: World, until: number): void {
  for (;;) {
    const next = world.timers.reduce<EffectOf<'timer'> | null>(
      (first, timer) => (timer.due_at <= until && (first === null || timer.due_at < first.due_at) ? timer : first),
      null,
    );
    if (next === null || isEventLimitReached(world)) break;
    world.timers.splice(world.timers.indexOf(next), 1);
    world.now = Math.max(world.now, next.due_at);
    processEvent(world, { kind: 'timer', token: next.token, purpose: next.purpose, number: next.number });
  }
  world.now = Math.max(world.now, until);
}

/** Limit for endless chains, such as a flow that repeats a request which is answered immediately. */
const MAX_EVENT_COUNT = 10_000;

function isEventLimitReached(world: World): boolean {
  if (world.events < MAX_EVENT_COUNT) return false;
  const message = `More than ${MAX_EVENT_COUNT} events: the simulation stopped.`;
  if (world.problems.at(-1)?.message !== message) reportProblem(world, message);
  return true;
}

const PROBLEM_TRACES: ReadonlySet<TraceKind> = new Set<TraceKind>([
  'text_empty',
  'markup_unreadable',
  'media_unusable',
  'version_gone',
  'flow_missing',
  'budget_exceeded',
  'step_failed',
]);

function advanceSession(world: World, event: EngineEvent): void {
  world.events += 1;
  const { person, now, random } = world;
  const is_first_contact = !world.has_contacted_bot && (event.kind === 'message' || event.kind === 'callback');
  world.has_contacted_bot ||= is_first_contact;
  const env = {
    event_id: `e${world.events}`,
    now,
    random,
    is_first_contact,
    user: person,
    chat: { id: person.chat_id, type: 'private', thread_id: 0 },
  };
  const done = advance(world.program, world.session, event, env);
  world.session = done.session;
  world.answers.push(...done.answers);
  for (const entry of done.trace) {
    world.trace.push({ ...entry, at: isoOf(now) });
    if (PROBLEM_TRACES.has(entry.kind))
      reportProblem(
        world,
        entry.detail === null ? TRACE_KINDS[entry.kind] : `${TRACE_KINDS[entry.kind]} (${entry.detail})`,
        entry.kind,
        entry.step_id,
      );
  }
  for (const effect of done.effects) performEffect(world, effect);
}
