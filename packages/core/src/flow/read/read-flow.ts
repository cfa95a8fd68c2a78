import type * as z from 'zod/mini';
import type { JsonObject } from '../../model/index.ts';
import { menuEnvelope, responseFlow, stepsEnvelope } from '../flow-data.ts';
import type { FlowProblem, FlowProblemCode } from '../flow-problem.ts';
import type { TriggerSource } from '../triggers/trigger-schema.ts';
import { parsePart } from './parse-part.ts';
import { scanData } from './scan-data.ts';

/** A document of any form as one list of steps, which are not checked yet. */
export interface ReadFlowResult {
  readonly problems: readonly FlowProblem[];
  /** Null if the data is not a flow document. */
  readonly document: FlowDocument | null;
}

export interface FlowDocument {
  readonly steps: readonly RawStep[];
  /** ID of the first step, and its pointer; null if the document does not name it. */
  readonly initial: { readonly id: string; readonly path: string } | null;
  /** Initial variables of the flow. A flow that calls it can set other values. */
  readonly variables: JsonObject;
  readonly triggers: readonly TriggerSource[];
  /** The other fields of the document. */
  readonly settings: DocumentSettings;
  /** True if every step must have `next`, which is so if the document has a `version`. */
  readonly states_next: boolean;
  /** True if no problem outside the steps prevents the flow from running. */
  readonly is_sound: boolean;
  /** Pointers to placeholders of unreadable values. Further problems at these places are not reported. */
  readonly stand_ins: ReadonlySet<string>;
}

export type DocumentSettings = Omit<z.infer<typeof menuEnvelope>, 'version' | 'triggers'>;

export interface RawStep {
  readonly value: unknown;
  /** Pointer to the step in the document. */
  readonly path: string;
  /** Pointers of fields that have another name in the document: the simple response calls its text `response`. */
  readonly renamed?: Readonly<Record<string, string>>;
}

/** Reads the form of a document: simple response, steps, or menu. */
export function readFlow(data: unknown): ReadFlowResult {
  const scan = scanData(data);
  if (scan.is_fatal) return { problems: scan.problems, document: null };
  const { problems, document } = readForm(data);
  return { problems: [...scan.problems, ...problems], document };
}

function readForm(data: unknown): ReadFlowResult {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return failedReading('wrong_type', 'A flow must be a JSON object');
  const forms = (['response', 'steps', 'buttons'] as const).filter((key) => Object.hasOwn(data, key));
  if (forms.length > 1)
    return failedReading(
      'form_ambiguous',
      `The flow has ${forms.map((key) => `"${key}"`).join(' and ')}: these fields belong to different forms of a flow`,
    );
  const isMenu = forms[0] === 'buttons' || ('type' in data && data.type === 'menu');
  if (isMenu) return readMenu(data);
  if (forms[0] === 'response') return readResponse(data);
  if (forms[0] === 'steps') return readSteps(data);
  return failedReading(
    'form_unknown',
    'This is not one of the three forms of a flow',
    'Use "response", or "steps", or "type": "menu" with "text" and "buttons".',
  );
}

function failedReading(code: FlowProblemCode, message: string, hint?: string): ReadFlowResult {
  return { problems: [{ path: '', code, message, hint }], document: null };
}

function readResponse(data: object): ReadFlowResult {
  const { value, problems, placeholders: stand_ins, is_sound } = parsePart(responseFlow, data, '');
  if (value === null) return { problems, document: null };
  const step = { id: 'response', type: 'message', text: value.response, next: null };
  return {
    problems,
    document: {
      steps: [{ value: step, path: '', renamed: { '/text': '/response' } }],
      initial: null,
      variables: {},
      triggers: value.triggers ?? [],
      settings: value,
      states_next: true,
      is_sound,
      stand_ins,
    },
  };
}

/** Reads a menu document as a flow of one menu step. */
function readMenu(data: object): ReadFlowResult {
  const isOfEnvelope = ([key]: readonly [string, unknown]): boolean => Object.hasOwn(menuEnvelope.shape, key);
  const envelope = Object.fromEntries(Object.entries(data).filter(isOfEnvelope));
  const members = Object.fromEntries(Object.entries(data).filter((entry) => !isOfEnvelope(entry)));
  const { value, problems, placeholders: stand_ins, is_sound } = parsePart(menuEnvelope, envelope, '');
  const misplaced: FlowProblem[] =
    'id' in members
      ? [
          {
            path: '/id',
            code: 'unknown_key',
            message: '"id" is not a known field here',
            hint: 'A menu that is a whole flow has no ID.',
          },
        ]
      : [];
  return {
    problems: [...problems, ...misplaced],
    document: {
      steps: [{ value: { ...members, id: 'menu' }, path: '' }],
      initial: null,
      variables: {},
      triggers: value?.triggers ?? [],
      settings: value ?? {},
      states_next: true,
      is_sound,
      stand_ins,
    },
  };
}

function readSteps(data: object): ReadFlowResult {
  const { value, problems, placeholders: stand_ins, is_sound } = parsePart(stepsEnvelope, data, '');
  if (value === null || stand_ins.has('/steps')) return { problems, document: null };
  const states_next = 'version' in data && data.version !== undefined;
  const missing: FlowProblem[] =
    states_next && value.initial_step === undefined && is_sound
      ? [{ path: '/initial_step', code: 'required', message: '"initial_step" is missing' }]
      : [];
  return {
    problems: [...problems, ...missing],
    document: {
      steps: value.steps.map((step, index) => ({ value: step, path: `/steps/${index}` })),
      initial: value.initial_step === undefined ? null : { id: value.initial_step, path: '/initial_step' },
      variables: value.variables ?? {},
      triggers: value.triggers ?? [],
      settings: value,
      states_next,
      is_sound,
      stand_ins,
    },
  };
}
