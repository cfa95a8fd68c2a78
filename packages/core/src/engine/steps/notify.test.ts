import { describe, expect, test } from 'vitest';
import { validateFlow } from '../../flow/index.ts';
import { dialogue, ENV, type Dialogue } from '../fixtures/dialogue.ts';

const say = (text: string) => ({ id: 'said', type: 'message', text });
const walking = (...steps: object[]): Dialogue => dialogue([{ trigger_command: 'start', flow_data: { steps } }]);

describe('notify', () => {
  test('writes to a chat by name or ID, and the flow continues', () => {
    const options = { silent: true, protected: true, link_preview: false, topic: 4 };
    const ann = walking(
      { id: 'a', type: 'notify', to: ' orders ', text: '<b>{{ user.first_name }}</b>', parse_mode: 'HTML', ...options },
      { id: 'b', type: 'notify', to: '{{ user.chat_id }}', text: 'Hi' },
      say('Done'),
    );
    expect(ann.say('/start')).toEqual(['(to -100) Ann', '(to 7) Hi', 'Done']);
    expect(ann.last.effects[0]).toEqual({
      kind: 'notify',
      chat_id: -100,
      thread_id: 4,
      text: 'Ann',
      payload: {
        text: 'Ann',
        entities: [{ type: 'bold', offset: 0, length: 3 }],
        disable_notification: true,
        protect_content: true,
        link_preview_options: { is_disabled: true },
      },
      flow_id: 'flow-1',
    });
  });

  test.each([
    '{{ user.phone }}',
    '{{ user.first_name }}',
    '0{{ user.chat_id }}',
    'constructor{{ user.phone }}',
    '{{ user.chat_id }}9999999999999999',
  ])('to %s fails', (to) => {
    const ann = walking({ id: 'a', type: 'notify', to, text: 'Hi', on_error: 'said', next: null }, say('Sorry'));
    expect(ann.say('/start')).toEqual(['Sorry']);
    expect(ann.last.trace).toContainEqual({
      kind: 'step_failed',
      step_id: 'a',
      detail: expect.stringContaining('the bot has no chat') as string,
    });
  });

  test('to a chat with too many unsent messages fails, and adds none', () => {
    const asked: number[] = [];
    const isFull = (chat_id: number): boolean => asked.push(chat_id) > 1;
    const tell = { type: 'notify', to: 'orders', text: 'Hi', on_error: 'said' };
    const ann = dialogue(
      [
        {
          trigger_command: 'start',
          flow_data: { steps: [{ ...tell, id: 'a' }, { ...tell, id: 'b', next: null }, say('Sorry')] },
        },
      ],
      { ...ENV, hasFullBacklog: isFull },
    );
    expect(ann.say('/start')).toEqual(['(to -100) Hi', 'Sorry']);
    expect(ann.last.trace).toContainEqual({
      kind: 'step_failed',
      step_id: 'b',
      detail: 'too many unsent messages in the chat -100',
    });
    expect(asked).toEqual([-100, -100]);
  });

  test('long texts are split, empty ones are not sent, and the budget of messages counts them', () => {
    const tell = (id: string, text: string) => ({ id, type: 'notify', to: 'orders', text });
    const ann = walking(
      { id: 'q', type: 'question', text: 'Say' },
      tell('a', '{{ user.phone }}'),
      tell('b', '{{ q }} {{ q }}'),
    );
    ann.say('/start');
    expect(ann.say('x'.repeat(4000)).map((text) => text.length)).toEqual([4011, 4010]);
    expect(ann.last.trace).toContainEqual({ kind: 'text_empty', step_id: 'a', detail: null });
    const many = walking(...Array.from({ length: 40 }, (_, index) => tell(`s${index}`, 'x')));
    expect(many.say('/start')).toHaveLength(30);
    expect(many.last.trace).toContainEqual(expect.objectContaining({ kind: 'budget_exceeded' }));
  });

  test.each<[object, string[]]>([
    [{ to: 'orders', text: 'x' }, []],
    [{ to: '-100123', text: 'x' }, []],
    [{ to: '{{ user.attributes.chat }}', text: 'x' }, []],
    [{ text: 'x' }, ['/steps/0/to required']],
    [{ to: 'orders' }, ['/steps/0/text required']],
    [{ to: '@orders', text: 'x' }, ['/steps/0/to unknown_chat', '/steps/0/to wrong_format']],
    [{ to: 'oders', text: 'x' }, ['/steps/0/to unknown_chat']],
    [{ to: '{{ x', text: 'x' }, ['/steps/0/to template_invalid']],
    [{ to: 'orders', text: '<b>x', parse_mode: 'HTML' }, ['/steps/0/text markup_invalid']],
    [{ to: 'orders', text: 'x', topic: 0 }, ['/steps/0/topic too_small']],
  ])('%j', (step, problems) => {
    const context = { flows: [], chats: new Set(['orders']) };
    expect(
      validateFlow({ steps: [{ id: 'a', type: 'notify', ...step }] }, context)
        .map(({ path, code }) => `${path} ${code}`)
        .sort(),
    ).toEqual(problems);
  });
});
