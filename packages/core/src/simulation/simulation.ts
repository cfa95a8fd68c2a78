import type { AnswerDraft, TraceEntry, WaitReason } from '../engine/index.ts';
import type { StepType } from '../flow/index.ts';
import type { JsonObject } from '../model/index.ts';

/** Result of a simulation. */
export interface Simulation {
  readonly dialogue: readonly DialogueLine[];
  readonly trace: readonly SimulatedTrace[];
  readonly coverage: Coverage;
  /** Position of the session at the end; null: in no flow. */
  readonly waiting: Waiting | null;
  readonly variables: JsonObject;
  readonly answers: readonly AnswerDraft[];
  /** Problems of the flow (a step failed, a text was empty) or of the script (no such button). */
  readonly problems: readonly SimulationProblem[];
  readonly ended_at: string;
}

export interface DialogueLine {
  readonly at: string;
  readonly from: 'person' | 'bot' | 'outside';
  /** `text`, `photo`, `press`, `notice` (the answer to a press), a Telegram method, `http`, `action`, `event` … */
  readonly type: string;
  readonly text: string | null;
  /** Media of the bot's message, as they would be sent: addresses, uploads (`upload:…`), `file_id`s. */
  readonly media: readonly string[];
  /** Labels of the buttons or keys, row by row. */
  readonly buttons: readonly (readonly string[])[];
  /** True if it replaced an earlier message. */
  readonly in_place: boolean;
}

export interface SimulatedTrace extends TraceEntry {
  readonly at: string;
}

export interface Coverage {
  readonly steps: readonly StepVisits[];
  /** Steps that never ran. */
  readonly never: readonly StepVisits[];
  /** Share of the steps that ran: 0 to 1. */
  readonly share: number;
}

export interface StepVisits {
  readonly flow: string;
  readonly step_id: string;
  readonly type: StepType;
  readonly visits: number;
}

export interface Waiting {
  readonly flow: string;
  readonly step_id: string;
  readonly type: StepType;
  /** `person`: the next action of the person. */
  readonly reason: WaitReason | 'person';
  /** Name of the awaited event, or subject of a handover. */
  readonly subject: string | null;
  /** When the wait times out; null: never. */
  readonly until: string | null;
}

export interface SimulationProblem {
  readonly at: string;
  /** `script`, or the kind of the trace entry. */
  readonly kind: string;
  readonly step_id: string | null;
  readonly message: string;
}
