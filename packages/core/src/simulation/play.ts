import { advance, TRACE_KINDS, type EffectOf, type EngineEvent, type TraceKind } from '../engine/index.ts';
import { performEffect } from './effects.ts';
import { complain, isoOf, type World } from './world.ts';

/** Gives the engine an event, and does what it wants done, with what comes of that at once. */
export function play(world: World, event: EngineEvent): void {
  playOne(world, event);
  for (let next = world.results.shift(); next !== undefined && !isTired(world); next = world.results.shift())
    playOne(world, { kind: 'result', ...next });
}

/** The clock goes on to a time; what is due on the way happens when it is. */
export function passTime(world: World, until: number): void {
  for (;;) {
    const next = world.timers.reduce<EffectOf<'timer'> | null>(
      (first, timer) => (timer.due_at <= until && (first === null || timer.due_at < first.due_at) ? timer : first),
      null,
    );
    if (next === null || isTired(world)) break;
    world.timers.splice(world.timers.indexOf(next), 1);
    world.now = Math.max(world.now, next.due_at);
    play(world, { kind: 'timer', token: next.token, purpose: next.purpose, number: next.number });
  }
  world.now = Math.max(world.now, until);
}

/** Requests that are answered at once, in a circle, would never end. */
const MOST_EVENTS = 10_000;

function isTired(world: World): boolean {
  if (world.events < MOST_EVENTS) return false;
  const message = `More than ${MOST_EVENTS} events: the simulation stopped.`;
  if (world.problems.at(-1)?.message !== message) complain(world, message);
  return true;
}

const WRONG: ReadonlySet<TraceKind> = new Set<TraceKind>([
  'text_empty',
  'markup_unreadable',
  'media_unusable',
  'version_gone',
  'flow_missing',
  'budget_exceeded',
  'step_failed',
]);

function playOne(world: World, event: EngineEvent): void {
  world.events += 1;
  const { person, now, random } = world;
  const is_first_contact = !world.has_met && (event.kind === 'message' || event.kind === 'callback');
  world.has_met ||= is_first_contact;
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
    if (WRONG.has(entry.kind))
      complain(
        world,
        entry.detail === null ? TRACE_KINDS[entry.kind] : `${TRACE_KINDS[entry.kind]} (${entry.detail})`,
        entry.kind,
        entry.step_id,
      );
  }
  for (const effect of done.effects) performEffect(world, effect);
}
