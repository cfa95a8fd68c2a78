import type { FlowProblem } from '../flow-problem.ts';
import type { CompiledStep } from '../steps/step-kinds.ts';
import type { VariableRead } from '../template/template.ts';

/** What the checks of the whole flow know of one step, whatever its kind. Paths are pointers into the document. */
export interface StepFacts {
  readonly id: string | null;
  readonly path: string;
  readonly problems: readonly FlowProblem[];
  /** Null when the step cannot be read; the checks then assume that it may do anything it mentions. */
  readonly step: CompiledStep | null;
  /** The step can run, in spite of what is wrong with it. */
  readonly is_runnable: boolean;
  /** Strings that stand in a step of which something cannot be read. */
  readonly strings: ReadonlySet<string>;
  /** What stands for what could not be read: nothing more is to be said of these places. */
  readonly placeholders: ReadonlySet<string>;
  readonly links: readonly string[];
  /** Steps that only a press leads to. */
  readonly press_links: readonly string[];
  readonly flows: readonly { readonly reference: string; readonly path: string }[];
  readonly sets: readonly string[];
  readonly secrets: readonly { readonly name: string; readonly path: string }[];
  readonly uploads: readonly { readonly id: string; readonly type: string; readonly path: string }[];
  readonly templates: readonly TemplateReads[];
  readonly callbacks: readonly { readonly data: string; readonly button: number; readonly path: string }[];
  readonly is_waiting: boolean;
  /** Where the flow goes on when the step fails; null: it does not. */
  readonly on_error: string | null;
}

/** What one text or place of a step reads, and what a template assigns for itself. */
export interface TemplateReads {
  readonly reads: readonly VariableRead[];
  readonly assigns: readonly string[];
  readonly path: string;
  /** Variables that the step itself has set by then. */
  readonly known: ReadonlySet<string> | undefined;
}

/** Facts while they are gathered. */
export type MutableFacts = {
  -readonly [Key in keyof StepFacts]: StepFacts[Key] extends readonly (infer Item)[] ? Item[] : StepFacts[Key];
};
