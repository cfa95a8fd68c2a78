import type { Flow } from '@botloom/core';
import { CHAT_EVENTS, QUESTION_INPUTS, STEP_TYPES, TRIGGER_KINDS } from '@botloom/core/flow-schema';
import type { HarnessBot, TestHarness } from '../stage/test-harness.ts';

/** Kinds of steps, inputs and triggers that the dialogues have used, according to the trace. */
export interface CoverageTracker {
  /** Must be called at the end of a dialogue with a bot. */
  add(bot: HarnessBot): Promise<void>;
  /** Kinds that no dialogue has used: `step invoice`, `input date`, `trigger keyword`, `event left`. */
  missing(): readonly string[];
}

/** The parts of a flow document that the tracker reads. */
interface Document {
  readonly steps?: readonly { readonly id: string; readonly type: string; readonly input?: string }[];
  readonly triggers?: readonly { readonly kind: string }[];
}

/** By trigger: the test of a trace's `started_by`. A new trigger does not compile until it is listed here. */
const STARTED_BY: Readonly<Record<keyof typeof TRIGGER_KINDS, (started_by: string) => boolean>> = {
  command: (by) => by.startsWith('command '),
  keyword: (by) => by === 'keyword',
  pattern: (by) => by === 'pattern',
  payment: (by) => by === 'payment',
  first_contact: (by) => by === 'first contact',
  callback: (by) => by === 'callback',
  event: (by) => Object.hasOwn(CHAT_EVENTS, by),
  // In the dialogues, no API call starts a flow with a schedule.
  schedule: (by) => by === 'the program',
  fallback: (by) => by === 'fallback',
};

/** Starts to listen. */
export function createCoverageTracker(harness: TestHarness): CoverageTracker {
  const seen = new Set<string>();
  const questions = new Set<string>();
  const starts: { readonly flow_id: string; readonly started_by: string }[] = [];
  harness.botloom.on('step.entered', ({ flow_id, step_id, type, started_by }) => {
    seen.add(`step ${type}`);
    if (type === 'question') questions.add(`${flow_id} ${step_id}`);
    if (started_by === null) return;
    starts.push({ flow_id, started_by });
    if (started_by === 'default') seen.add('the default flow');
    if (Object.hasOwn(CHAT_EVENTS, started_by)) seen.add(`event ${started_by}`);
  });
  return {
    async add(bot) {
      const flows = [...bot.flows, ...(await harness.api.all<Flow>(`${bot.path}/flows`))];
      for (const { id, flow_data } of flows) {
        const { steps = [], triggers = [] } = flow_data as Document; // valid, because it was published
        for (const step of steps)
          if (step.type === 'question' && questions.has(`${id} ${step.id}`)) seen.add(`input ${step.input ?? 'text'}`);
        for (const { started_by } of starts.filter(({ flow_id }) => flow_id === id)) {
          if (STARTED_BY.command(started_by)) seen.add('trigger command');
          for (const { kind } of triggers)
            if (STARTED_BY[kind as keyof typeof STARTED_BY](started_by)) seen.add(`trigger ${kind}`); // as above
        }
      }
    },
    missing() {
      const all = [
        ...STEP_TYPES.map((type) => `step ${type}`),
        ...QUESTION_INPUTS.map((input) => `input ${input}`),
        ...Object.keys(TRIGGER_KINDS).map((kind) => `trigger ${kind}`),
        'the default flow',
        ...Object.keys(CHAT_EVENTS).map((name) => `event ${name}`),
      ];
      return all.filter((each) => !seen.has(each));
    },
  };
}
