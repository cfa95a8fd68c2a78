/** A durable thing that a flow can wait for. */
export interface DurableKind {
  /** The step; after it "Got {{ number }}" is said. */
  step(host: string): object;
  /** What must be said in all, in order. */
  readonly texts: readonly string[];
  /** What the person says at once. */
  readonly says?: string;
  /** What the person says when all that was said. */
  readonly answer: string | null;
  /** The kind of its job; timers do not ask the work server for anything. */
  readonly job: 'timer' | 'http_request' | 'run_action';
}

const SOON = { seconds: 1 };

export const DURABLE_KINDS = {
  wait: { step: () => ({ type: 'wait', for: SOON }), texts: ['Asked', 'Got 12'], answer: null, job: 'timer' },
  reminder: {
    step: () => ({ type: 'question', text: 'Well?', input: 'integer', variable: 'number', reminders: [{ after: SOON, text: 'Still there?' }] }),
    texts: ['Asked', 'Well?', 'Still there?', 'Got 13'],
    answer: '13',
    job: 'timer',
  },
  timeout: {
    step: () => ({ type: 'question', text: 'Well?', input: 'integer', variable: 'said', no_answer: { after: SOON, next: 'c' } }),
    texts: ['Asked', 'Well?', 'Got 12'],
    answer: null,
    job: 'timer',
  },
  collect: { step: () => ({ type: 'question', text: 'Well?', variable: 'number', collect: { silence: SOON } }), texts: ['Asked', 'Well?', 'Got 13'], says: '13', answer: null, job: 'timer' },
  http: { step: (host) => ({ type: 'http', method: 'POST', url: `http://${host}/`, save: { number: 'number' } }), texts: ['Asked', 'Got 12'], answer: null, job: 'http_request' },
  action: { step: () => ({ type: 'action', action: 'work', save: { number: 'number' } }), texts: ['Asked', 'Got 12'], answer: null, job: 'run_action' },
} as const satisfies Record<string, DurableKind>;

export type DurableKindName = keyof typeof DURABLE_KINDS;

/** A flow that says something, waits for this, and says what came of it. */
export function durableFlow(kind: DurableKindName, host: string): object {
  return {
    trigger_command: 'start',
    flow_data: {
      variables: { number: 12 },
      steps: [{ id: 'a', type: 'message', text: 'Asked' }, { id: 'b', ...DURABLE_KINDS[kind].step(host) }, { id: 'c', type: 'message', text: 'Got {{ number }}' }],
    },
  };
}
