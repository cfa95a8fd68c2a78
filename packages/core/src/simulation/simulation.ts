import type { AnswerDraft, TraceEntry, WaitReason } from '../engine/index.ts';
import type { StepType } from '../flow/index.ts';
import type { JsonObject } from '../model/index.ts';

/** What came of a script. */
export interface Simulation {
  readonly dialogue: readonly DialogueLine[];
  readonly trace: readonly SimulatedTrace[];
  readonly coverage: Coverage;
  /** Where the person stands at the end; null: in no flow. */
  readonly waiting: Waiting | null;
  readonly variables: JsonObject;
  readonly answers: readonly AnswerDraft[];
  /** What went wrong: in the flow (a step failed, a text was empty), or in the script (no such button). */
  readonly problems: readonly SimulationProblem[];
  readonly ended_at: string;
}

export interface DialogueLine {
  readonly at: string;
  readonly from: 'person' | 'bot' | 'outside';
  /** `text`, `photo`, `press`, `notice` (what answers a press), a method of Telegram's, `http`, `action`, `event` … */
  readonly type: string;
  readonly text: string | null;
  /** What a message of the bot shows, as it would be sent: addresses, uploads (`upload:…`), `file_id`s. */
  readonly media: readonly string[];
  /** Labels of the buttons or keys, row after row. */
  readonly buttons: readonly (readonly string[])[];
  /** It took the place of an earlier message. */
  readonly in_place: boolean;
}

export interface SimulatedTrace extends TraceEntry {
  readonly at: string;
}

export interface Coverage {
  readonly steps: readonly StepVisits[];
  /** Steps that never ran. */
  readonly never: readonly StepVisits[];
  /** Of all steps, how many ran: 0 to 1. */
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
  /** `person`: whatever the person does next. */
  readonly reason: WaitReason | 'person';
  /** The name of the event that is waited for. */
  readonly subject: string | null;
  /** When the waiting ends by itself; null: it does not. */
  readonly until: string | null;
}

export interface SimulationProblem {
  readonly at: string;
  /** `script`, or the kind of the trace. */
  readonly kind: string;
  readonly step_id: string | null;
  readonly message: string;
}
