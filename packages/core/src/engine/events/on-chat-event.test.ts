import { describe, expect, test } from 'vitest';
import { chatEvent, dialogue, ENV, type Dialogue } from '../fixtures/dialogue.ts';
import { IDLE_SESSION } from '../state/session.ts';

const on = (event: string, steps: object[], more: object = {}): { flow_data: object } => ({
  flow_data: { triggers: [{ kind: 'event', event, ...more }], steps },
});
const say = (text: string): object => ({ id: 'say', type: 'message', text });
const start = {
  trigger_command: 'start',
  flow_data: {
    steps: [
      { id: 'q', type: 'question', text: 'Name?' },
      { id: 'm', type: 'message', text: 'Hi {{ q }}' },
    ],
  },
};
const traced = ({ last }: Dialogue): string[] => last.trace.map(({ kind }) => kind);

test('an event starts its flow, which can read the event; without such a flow it is ignored', () => {
  const ann = dialogue([
    on('joined', [say('Welcome to {{ event.chat_title }} ({{ event.kind }}), {{ user.first_name }}')]),
  ]);
  expect(ann.play(chatEvent('joined'))).toEqual(['Welcome to Group (joined), Ann']);
  expect(ann.session.step_id).toBeNull();
  expect(ann.play(chatEvent('left'))).toEqual([]);
  expect(traced(ann)).toEqual(['ignored']);
});

test('a session in a flow stays there if the flow of an event ends immediately, but not if it asks something', () => {
  const ann = dialogue([
    start,
    on('unblocked', [say('Welcome back')]),
    on('bot_added', [{ id: 'w', type: 'question', text: 'Why?' }]),
  ]);
  ann.say('/start');
  expect(ann.play(chatEvent('unblocked'))).toEqual(['Welcome back']);
  expect(ann.session.step_id).toBe('q');
  expect(ann.say('Ann')).toEqual(['Hi Ann']);
  ann.say('/start');
  ann.play(chatEvent('bot_added'));
  expect(ann.session.step_id).toBe('w');
});

describe('a new member is greeted once, although Telegram reports it twice', () => {
  test.each([
    ['and the flow ends at once', [say('Welcome')]],
    ['and the flow waits', [{ id: 'q', type: 'question', text: 'Welcome' }]],
  ])('%s', (_, steps) => {
    const ann = dialogue([on('joined', steps)]);
    expect(ann.play(chatEvent('joined', { at: 100_000 }))).toEqual(['Welcome']);
    expect(ann.play(chatEvent('joined', { at: 101_000 }))).toEqual([]);
    expect(traced(ann)).toEqual(['told_again']);
    expect(ann.play(chatEvent('joined', { at: 200_000 }))).toEqual(['Welcome']);
  });

  const now = ENV.now;

  test('whatever the member does in between, including leaving', () => {
    const ann = dialogue([start, on('joined', [say('Welcome')]), on('left', [say('Bye')])]);
    expect(ann.play(chatEvent('joined', { at: now - 9_000 }))).toEqual(['Welcome']);
    ann.say('/start');
    ann.say('Ann');
    expect(ann.play(chatEvent('left', { at: now - 5_000 }))).toEqual(['Bye']);
    expect(ann.play(chatEvent('joined', { at: now - 8_000 }))).toEqual([]);
    expect(ann.play(chatEvent('left', { at: now - 4_000 }))).toEqual([]);
    expect(traced(ann)).toEqual(['told_again']);
    expect(ann.play(chatEvent('joined', { at: now + 60_000 }))).toEqual(['Welcome']);
    // An account that comes as late as that.
    expect(ann.play(chatEvent('joined', { at: now - 9_000 }))).toEqual([]);
    expect(ann.play(chatEvent('left', { at: now + 70_000 }))).toEqual(['Bye']);
  });

  test('while the member is in a flow, which continues unchanged', () => {
    const ann = dialogue([start, on('joined', [say('Welcome')])]);
    ann.say('/start');
    expect(ann.play(chatEvent('joined', { at: now }))).toEqual(['Welcome']);
    expect(ann.play(chatEvent('joined', { at: now + 1_000 }))).toEqual([]);
    expect(ann.say('Ann')).toEqual(['Hi Ann']);
    expect(ann.play(chatEvent('joined', { at: now + 1_000 }))).toEqual([]);
  });

  test('and the event is forgotten once Telegram can no longer report it', () => {
    const ann = dialogue([start, on('joined', [say('Welcome')])]);
    ann.play(chatEvent('joined', { at: now - 25 * 60 * 60_000 }));
    expect(ann.session.state).not.toEqual({});
    ann.say('/start');
    ann.say('Ann');
    expect(ann.session.state).toEqual({});
  });
});

describe('a person who has blocked the bot', () => {
  test('receives nothing, but flows may act', () => {
    const ann = dialogue([
      start,
      on('blocked', [
        say('Why?'),
        { id: 'h', type: 'http', url: 'https://example.com/lost?who={{ user.chat_id }}', next: null },
      ]),
    ]);
    ann.say('/start');
    expect(ann.play(chatEvent('blocked'))).toEqual(['(http) GET https://example.com/lost?who=7', '(timer) wait']);
    expect(ann.session.step_id).toBe('h');
  });

  test('is asked nothing, and the session does not move', () => {
    const ann = dialogue([
      start,
      on('blocked', [{ id: 'w', type: 'question', text: 'Why?', no_answer: { after: 'PT1H', next: null } }]),
    ]);
    ann.say('/start');
    expect(ann.play(chatEvent('blocked'))).toEqual([]);
    expect(ann.session.step_id).toBe('q');
  });

  describe.each([
    ['a human', { type: 'handover' }],
    ['an event', { type: 'wait_for_event', event: 'paid' }],
    ['a time', { type: 'wait', duration: { hours: 1 } }],
  ])('and whose session waits for %s', (_, step) => {
    const waits = { trigger_command: 'start', flow_data: { steps: [{ id: 'here', ...step }] } };

    test.each([
      [
        'a flow that would wait itself is not begun',
        [{ id: 'h', type: 'http', method: 'POST', url: 'https://example.com/lost' }],
        [],
      ],
      [
        'a flow that acts at once does',
        [{ id: 't', type: 'tag', tags: ['lost'] }],
        ['(user) early lost {"tier":"gold"}'],
      ],
    ])('%s', (__, steps, done) => {
      const ann = dialogue([waits, on('blocked', steps)]);
      ann.say('/start');
      const before = ann.session;
      expect(ann.play(chatEvent('blocked'))).toEqual(done);
      expect(ann.session).toBe(before);
      expect(traced(ann).includes('held_back')).toBe(done.length === 0);
    });
  });
});

test('reactions: a trigger for this emoji comes before one for any', () => {
  const ann = dialogue([
    on('reaction', [say('Any {{ event.emoji }}')]),
    on('reaction', [say('Thanks')], { emoji: ['👍', '❤'] }),
  ]);
  expect(ann.play(chatEvent('reaction', { emoji: '👍' }))).toEqual(['Thanks']);
  expect(ann.play(chatEvent('reaction', { emoji: '👎' }))).toEqual(['Any 👎']);
});

describe('a join request', () => {
  const door = { id: 'in', type: 'join_request', decision: 'approve' };

  test('is decided after an answer, and its event is still available then', () => {
    const steps = [
      {
        id: 'sum',
        type: 'question',
        text: '2 + 2?',
        input: 'integer',
        min: 4,
        max: 4,
        max_tries: 2,
        on_max_tries: 'out',
      },
      { ...door, next: 'say' },
      { ...say('In {{ event.chat_title }}'), next: null },
      { id: 'out', type: 'join_request', decision: 'decline', next: null },
    ];
    const ann = dialogue([on('join_request', steps)]);
    expect(ann.play(chatEvent('join_request'))).toEqual(['2 + 2?']);
    expect(ann.say('4')).toEqual(['(call) approveChatJoinRequest', 'In Group']);
    expect(ann.last.effects[0]).toMatchObject({ payload: { chat_id: -100, user_id: 7 } });
    ann.play(chatEvent('join_request'));
    ann.say('5');
    expect(ann.say('6')).toEqual(['(call) declineChatJoinRequest']);
  });

  test('cannot be decided by a flow that it did not start', () => {
    const ann = dialogue([{ trigger_command: 'start', flow_data: { steps: [door] } }]);
    expect(ann.say('/start')).toEqual([]);
    expect(traced(ann)).toContain('step_failed');
    expect(ann.session).toBe(IDLE_SESSION);
  });

  test('can be decided by a flow that was called', () => {
    const ann = dialogue([
      on('join_request', [{ id: 'c', type: 'call', flow: '/door' }]),
      { trigger_command: 'door', flow_data: { steps: [door] } },
    ]);
    expect(ann.play(chatEvent('join_request'))).toEqual(['(call) approveChatJoinRequest']);
  });
});
