/** A kind of durable work that a flow can wait for. */
export interface DurableKind {
  /** The step. After it, the flow sends "Got {{ number }}". */
  step(host: string): object;
  /** All expected messages, in order. */
  readonly texts: readonly string[];
  /** First message of the user. */
  readonly says?: string;
  /** Message that the user sends after all expected messages. */
  readonly answer: string | null;
  /** Amount that the user pays before the step is reached. */
  readonly invoice?: object;
  /** Kind of its job. */
  readonly job: 'timer' | 'http_request' | 'run_action' | 'refund_payment';
}

const SOON = { seconds: 1 };
const INVOICE = {
  type: 'invoice',
  title: 'News',
  description: 'Every morning',
  currency: 'XTR',
  prices: [{ label: 'One month', amount: 50 }],
};

export const DURABLE_KINDS = {
  wait: { step: () => ({ type: 'wait', for: SOON }), texts: ['Asked', 'Got 12'], answer: null, job: 'timer' },
  reminder: {
    step: () => ({
      type: 'question',
      text: 'Well?',
      input: 'integer',
      variable: 'number',
      reminders: [{ after: SOON, text: 'Still there?' }],
    }),
    texts: ['Asked', 'Well?', 'Still there?', 'Got 13'],
    answer: '13',
    job: 'timer',
  },
  timeout: {
    step: () => ({
      type: 'question',
      text: 'Well?',
      input: 'integer',
      variable: 'said',
      no_answer: { after: SOON, next: 'c' },
    }),
    texts: ['Asked', 'Well?', 'Got 12'],
    answer: null,
    job: 'timer',
  },
  collect: {
    step: () => ({ type: 'question', text: 'Well?', variable: 'number', collect: { silence: SOON } }),
    texts: ['Asked', 'Well?', 'Got 13'],
    says: '13',
    answer: null,
    job: 'timer',
  },
  unpaid: {
    step: () => ({ ...INVOICE, timeout: SOON, on_timeout: 'c' }),
    texts: ['Asked', 'News', 'Got 12'],
    answer: null,
    job: 'timer',
  },
  no_event: {
    step: () => ({ type: 'wait_for_event', event: 'paid', timeout: SOON, on_timeout: 'c' }),
    texts: ['Asked', 'Got 12'],
    answer: null,
    job: 'timer',
  },
  refund: {
    step: () => ({ type: 'refund', charge: '{{ charge }}' }),
    texts: ['Asked', 'News', 'Got 12'],
    answer: null,
    invoice: { ...INVOICE, save: { charge: 'telegram_payment_charge_id' } },
    job: 'refund_payment',
  },
  http: {
    step: (host) => ({ type: 'http', method: 'POST', url: `http://${host}/`, save: { number: 'number' } }),
    texts: ['Asked', 'Got 12'],
    answer: null,
    job: 'http_request',
  },
  action: {
    step: () => ({ type: 'action', action: 'work', save: { number: 'number' } }),
    texts: ['Asked', 'Got 12'],
    answer: null,
    job: 'run_action',
  },
} as const satisfies Record<string, DurableKind>;

export type DurableKindName = keyof typeof DURABLE_KINDS;

/** Returns a flow that sends a message, waits for this work, and sends its result. */
export function durableFlow(kind: DurableKindName, host: string): object {
  const { step, invoice }: DurableKind = DURABLE_KINDS[kind];
  const steps = [
    { id: 'a', type: 'message', text: 'Asked' },
    ...(invoice === undefined ? [] : [{ id: 'i', ...invoice }]),
    { id: 'b', ...step(host) },
    { id: 'c', type: 'message', text: 'Got {{ number }}' },
  ];
  return { trigger_command: 'start', flow_data: { variables: { number: 12 }, steps } };
}
