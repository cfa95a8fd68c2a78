/**
 * Measures the engine alone on one core: events per second of a typical ten-step flow, and the time to compile a large
 * flow.
 *
 *     pnpm --filter @botloom/bench advance
 */
import {
  advance,
  buildBotProgram,
  compileFlow,
  IDLE_SESSION,
  validateFlow,
  type EngineEvent,
  type Env,
  type PublishedFlow,
  type Session,
} from '@botloom/core/flow';

type JsonObject = PublishedFlow['flow_data'];

const ROUNDS = 5;
const DIALOGUES = 30_000;

const typical: JsonObject = {
  steps: [
    { id: 'hello', type: 'message', text: 'Hello, {{ user.first_name }}!' },
    { id: 'name', type: 'question', text: 'What is your name?' },
    { id: 'city', type: 'question', text: 'Where do you live, {{ name }}?' },
    { id: 'nice', type: 'message', text: '{{ city }} is a fine place.' },
    {
      id: 'age',
      type: 'question',
      text: 'How old are you?',
      input: 'number',
      integer: true,
      min: 1,
      max: 150,
      retry: 'A number, please.',
    },
    { id: 'noted', type: 'message', text: 'Noted.' },
    { id: 'food', type: 'question', text: 'What do you like to eat?' },
    {
      id: 'choice',
      type: 'menu',
      text: 'Shall we continue, {{ name }}?',
      buttons: [
        [
          { text: 'Yes', callback_data: 'yes', next: 'summary' },
          { text: 'No', callback_data: 'no', response: 'Then we wait.' },
        ],
      ],
    },
    { id: 'summary', type: 'message', text: '{{ name }} ({{ age }}) from {{ city }} likes {{ food }}.' },
    { id: 'bye', type: 'message', text: 'Thank you, {{ user.full_name }}!' },
  ],
  initial_step: 'hello',
};

const large: JsonObject = {
  steps: Array.from({ length: 1000 }, (_, index): JsonObject =>
    index % 2 === 0
      ? { id: `s${index}`, type: 'question', text: `Question ${index}, {{ user.first_name }}?`, variable: `v${index}` }
      : {
          id: `s${index}`,
          type: 'message',
          text:
            index % 10 === 1
              ? `{% if v${index - 1} == "a" %}A{% else %}{{ v${index - 1} | upcase }}{% endif %}`
              : `You said {{ v${index - 1} }}.`,
        },
  ),
  initial_step: 's0',
};

const program = buildBotProgram({ id: 'bot', name: 'Bench', username: 'bench_bot' }, [
  {
    flow_id: 'typical',
    version_id: 1,
    name: 'Typical',
    trigger_command: 'start',
    is_default: false,
    flow_data: typical,
  },
  {
    flow_id: 'echo',
    version_id: 2,
    name: 'Echo',
    trigger_command: null,
    is_default: true,
    flow_data: { response: 'Echo: {{ message.text }}' },
  },
]);

const env: Env = {
  now: 1_790_000_000_000,
  event_id: 'e',
  random: () => 0.5,
  user: {
    id: 'user',
    chat_id: 7,
    username: 'ann',
    first_name: 'Ann',
    last_name: 'Lee',
    language: 'en',
    phone: null,
    tags: [],
    attributes: {},
  },
  chat: { id: 7, type: 'private', thread_id: 0 },
};

const script: readonly EngineEvent[] = [
  say('hi'),
  say('/start', 'start'),
  say('Ann'),
  say('Lisbon'),
  say('old'),
  say('42'),
  say('Fish'),
  press('no'),
  press('yes'),
  say('more'),
];

// Before anything is warm.
const [cold = 0] = measureWallTimes(() => compileFlow(large), 1);

const rates = Array.from({ length: ROUNDS }, () => {
  const begin = performance.now();
  let effects = 0;
  for (let dialogue = 0; dialogue < DIALOGUES; dialogue += 1) {
    let session: Session = IDLE_SESSION;
    for (const event of script) {
      const result = advance(program, session, event, env);
      session = result.session;
      effects += result.effects.length;
    }
  }
  if (effects !== DIALOGUES * 16) throw new Error(`expected ${DIALOGUES * 16} effects, got ${effects}`);
  return (DIALOGUES * script.length * 1000) / (performance.now() - begin);
});

console.log(
  JSON.stringify({
    advance_events_per_s: Math.round(median(rates)),
    compile_1000_steps_ms: round(median(measureWallTimes(() => compileFlow(large)))),
    // Processor time: other programs on the machine hardly change it.
    compile_1000_steps_cpu_ms: round(median(measureCpuTimes(() => compileFlow(large)))),
    compile_1000_steps_cold_ms: round(cold),
    validate_1000_steps_ms: round(median(measureWallTimes(() => validateFlow(large)))),
  }),
);

function say(text: string, command?: string): EngineEvent {
  return {
    kind: 'message',
    type: 'text',
    text,
    command: command === undefined ? null : { name: command, args: '' },
    telegram_message_id: 1,
    content: { text },
  };
}

function press(data: string): EngineEvent {
  return { kind: 'callback', query_id: '1', data, telegram_message_id: 1 };
}

function measureWallTimes(action: () => unknown, times = 9): number[] {
  return Array.from({ length: times }, () => {
    const begin = performance.now();
    action();
    return performance.now() - begin;
  });
}

function measureCpuTimes(action: () => unknown, times = 19): number[] {
  return Array.from({ length: times }, () => {
    const begin = process.cpuUsage();
    action();
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1000;
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
