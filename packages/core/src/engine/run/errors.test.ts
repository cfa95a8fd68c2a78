import { describe, expect, test } from 'vitest';
import { buildBotProgram } from '../../flow/index.ts';
import { advance } from '../advance.ts';
import type { Env } from '../env.ts';
import { dialogue, ENV, publish, text } from '../fixtures/dialogue.ts';
import { IDLE_SESSION, type Session } from '../state/session.ts';

const say = (id: string, words = id, more: object = {}): object => ({ id, type: 'message', text: words, ...more });
const fail = (id: string, more: object = {}): object => say(id, '{{ (1..9000000) }}', more);

describe('the error branch of a step', () => {
  test('follows when it fails, also when it was waiting', () => {
    const ann = dialogue([
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            say('a'),
            fail('b', { on_error: 'd' }),
            say('c'),
            { id: 'd', type: 'question', text: 'd', retry: '{{ (1..9000000) }}', on_error: 'e', input: 'number' },
            say('e'),
          ],
        },
      },
    ]);
    expect(ann.say('/start')).toEqual(['a', 'd']);
    expect(ann.last.trace.map(({ kind, step_id, detail }) => [kind, step_id, detail])).toContainEqual([
      'error_branch',
      'b',
      'd',
    ]);
    expect(ann.say('no number')).toEqual(['e']);
  });

  test('of a calling step handles failures of the called flow', () => {
    const ann = dialogue([
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'c', type: 'call', flow: 'Two', on_error: 'sorry', next: null },
            say('sorry', 'Sorry {{ x }}', { next: null }),
          ],
          variables: { x: 'Ann' },
        },
      },
      { name: 'Two', flow_data: { steps: [fail('f')] } },
    ]);
    expect(ann.say('/start')).toEqual(['Sorry Ann']);
    expect(ann.session.step_id).toBeNull();
  });

  test('that fails itself is stopped by the budget', () => {
    const ann = dialogue([
      { trigger_command: 'start', flow_data: { steps: [fail('a', { on_error: 'b' }), fail('b', { on_error: 'a' })] } },
    ]);
    expect(ann.say('/start')).toEqual([]);
    expect(ann.last.trace.at(-1)).toMatchObject({ kind: 'budget_exceeded' });
  });
});

describe("the bot's error flow", () => {
  const play = (
    flow_data: object,
    errorFlow: object,
    session: Session = IDLE_SESSION,
    words = '/start',
    env: Partial<Env> = {},
  ): ReturnType<typeof advance> =>
    advance(
      buildBotProgram(
        { id: 'b', name: 'B', username: 'b_bot' },
        publish([
          { trigger_command: 'start', flow_data },
          { name: 'Oops', flow_data: errorFlow },
        ]),
        [],
        { error_flow: 'oops' },
      ),
      session,
      text(words),
      { ...ENV, ...env },
    );
  const texts = ({ effects }: ReturnType<typeof advance>): (string | null)[] =>
    effects.flatMap((effect) => (effect.kind === 'send' ? [effect.text] : []));

  test('starts when a step fails that has no branch', () => {
    const done = play({ steps: [say('a'), fail('b')] }, { response: 'Something went wrong' });
    expect(texts(done)).toEqual(['a', 'Something went wrong']);
    expect(done.trace.map(({ kind, detail }) => `${kind} ${detail ?? ''}`)).toContain('flow_started error');
  });

  test('may ask something, and just ends if it fails itself', () => {
    const asking = play(
      { steps: [fail('a')] },
      { steps: [{ id: 'q', type: 'question', text: 'What did you do?' }, fail('f')] },
    );
    expect(texts(asking)).toEqual(['What did you do?']);
    const after = play(
      { steps: [fail('a')] },
      { steps: [{ id: 'q', type: 'question', text: 'What did you do?' }, fail('f')] },
      asking.session,
      'nothing',
    );
    expect(texts(after)).toEqual([]);
    expect(after.trace.at(-1)).toMatchObject({ kind: 'step_failed', step_id: 'f' });
    expect(after.session).toBe(IDLE_SESSION);
  });

  test('has a small budget left when the budget is exceeded', () => {
    const done = play({ steps: [say('a', 'a', { next: 'b' }), say('b', 'b', { next: 'a' })] }, { response: 'Stopped' });
    expect(texts(done)).toHaveLength(31);
    expect(texts(done).at(-1)).toBe('Stopped');
  });

  test('has a little time left when the time is exceeded', () => {
    let now = 0;
    const done = play({ steps: [say('a'), say('b'), say('c')] }, { response: 'Stopped' }, IDLE_SESSION, '/start', {
      elapsed: () => (now += 200 - now / 2),
    });
    expect(texts(done)).toEqual(['a', 'Stopped']);
  });
});
