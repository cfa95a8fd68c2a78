import {
  IDLE_SESSION,
  type AnswerDraft,
  type EffectOf,
  type EnvUser,
  type Outcome,
  type Session,
} from '../engine/index.ts';
import type { BotProgram } from '../flow/index.ts';
import type { JsonObject } from '../model/index.ts';
import { createScreen, type Screen } from './screen.ts';
import type { SimulationOptions } from './script.ts';
import type { DialogueLine, SimulatedTrace, SimulationProblem } from './simulation.ts';

/** State of a running simulation: its only mutable object. */
export interface World {
  readonly program: BotProgram;
  person: EnvUser;
  readonly options: SimulationOptions;
  readonly random: () => number;
  readonly screen: Screen;
  readonly dialogue: DialogueLine[];
  readonly trace: SimulatedTrace[];
  readonly answers: AnswerDraft[];
  readonly problems: SimulationProblem[];
  readonly timers: EffectOf<'timer'>[];
  /** Requests and actions that wait for the script. */
  readonly pending: { readonly kind: 'http' | 'action'; readonly token: string }[];
  /** Results that are available immediately. */
  readonly results: { readonly token: string; readonly outcome: Outcome }[];
  session: Session;
  now: number;
  events: number;
  last_message_id: number;
  /** The newest message of the bot, which an edit without an ID replaces; 0: none. */
  bot_message_id: number;
  has_contacted_bot: boolean;
  /** The newest invoice that was sent. */
  invoice: JsonObject | null;
}

export function createWorld(program: BotProgram, person: EnvUser, now: number, options: SimulationOptions): World {
  return {
    program,
    person,
    options,
    now,
    random: options.random ?? fixedSequence(),
    screen: createScreen(),
    dialogue: [],
    trace: [],
    answers: [],
    problems: [],
    timers: [],
    pending: [],
    results: [],
    session: IDLE_SESSION,
    events: 0,
    last_message_id: 0,
    bot_message_id: 0,
    has_contacted_bot: false,
    invoice: null,
  };
}

export function addLine(
  world: World,
  line: Pick<DialogueLine, 'from' | 'type' | 'text'> & Partial<DialogueLine>,
): void {
  world.dialogue.push({ at: isoOf(world.now), media: [], buttons: [], in_place: false, ...line });
}

export function reportProblem(world: World, message: string, kind = 'script', step_id: string | null = null): void {
  world.problems.push({ at: isoOf(world.now), kind, step_id, message });
}

export function isoOf(time: number): string {
  return new Date(time).toISOString();
}

/** Returns the same numbers every time, evenly spread (a Weyl sequence). */
function fixedSequence(): () => number {
  let at = 0;
  return () => (at = (at + 0.618_033_988_749_895) % 1);
}
