import type { FlowProblem } from '../flow-problem.ts';
import type { CompiledStep } from '../steps/step-kinds.ts';
import type { VariableRead } from '../template/template.ts';

/** Facts about one step of any kind, for the checks of the whole flow. Paths are pointers into the document. */
export interface StepFacts {
  readonly id: string | null;
  readonly path: string;
  readonly problems: readonly FlowProblem[];
  /** Null if the step cannot be read. The checks then assume that it uses every name it mentions. */
  readonly step: CompiledStep | null;
  /** True if the step can run in spite of its problems. */
  readonly is_runnable: boolean;
  /** All strings of a step that cannot be read completely. */
  readonly strings: ReadonlySet<string>;
  /** Pointers to placeholders of unreadable values. Further problems at these places are not reported. */
  readonly placeholders: ReadonlySet<string>;
  readonly links: readonly string[];
  /** Steps that only the press of a button leads to. */
  readonly press_links: readonly string[];
  readonly flows: readonly { readonly reference: string; readonly path: string }[];
  readonly sets: readonly string[];
  readonly secrets: readonly { readonly name: string; readonly path: string }[];
  readonly uploads: readonly { readonly id: string; readonly type: string; readonly path: string }[];
  readonly templates: readonly TemplateReads[];
  readonly callbacks: readonly { readonly data: string; readonly button: number; readonly path: string }[];
  readonly is_waiting: boolean;
  /** The next step if this one fails; null: the flow ends. */
  readonly on_error: string | null;
}

/** Variables that a text or placeholder of a step reads, and those that the template itself assigns. */
export interface TemplateReads {
  readonly reads: readonly VariableRead[];
  readonly assigns: readonly string[];
  readonly path: string;
  /** Variables that the step itself sets before. */
  readonly known: ReadonlySet<string> | undefined;
}

/** Facts while the step is being read. */
export type MutableFacts = {
  -readonly [Key in keyof StepFacts]: StepFacts[Key] extends readonly (infer Item)[] ? Item[] : StepFacts[Key];
};
