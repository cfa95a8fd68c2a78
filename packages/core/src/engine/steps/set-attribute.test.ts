import { describe, expect, test } from 'vitest';
import { dialogue, ENV, type Dialogue } from '../fixtures/dialogue.ts';

const say = (text: string) => ({ id: 'said', type: 'message', text });
const walking = (...steps: object[]): Dialogue => dialogue([{ trigger_command: 'start', flow_data: { steps } }]);

describe('set_attribute', () => {
  test('changes attributes, which all flows see and which persist', () => {
    const keep = {
      id: 'keep',
      type: 'set_attribute',
      changes: [
        { attribute: 'visits', do: 'add', value: 1 },
        { attribute: 'twice', value: '{{ user.attributes.visits | times: 2 }}', as: 'number' },
        { attribute: 'list', do: 'append', value: '{{ user.attributes.visits }}' },
        { attribute: 'seen', do: 'now' },
        { attribute: 'tier', do: 'clear' },
      ],
    };
    const ann = walking(
      keep,
      say('{{ user.attributes.visits }} {{ user.attributes.twice }} {{ user.attributes.tier | default: "-" }}'),
    );
    const seen = new Date(ENV.now).toISOString();
    expect(ann.say('/start')).toEqual([`(user) early {"visits":1,"twice":2,"list":[1],"seen":"${seen}"}`, '1 2 -']);
    expect(ann.say('/start')).toEqual([`(user) early {"visits":2,"twice":4,"list":[1,2],"seen":"${seen}"}`, '2 4 -']);
  });

  test('makes all of its changes or none', () => {
    const keep = {
      id: 'keep',
      type: 'set_attribute',
      changes: [
        { attribute: 'tier', value: 'lead' },
        { attribute: 'tier', do: 'add', value: 1 },
      ],
      on_error: 'said',
      next: null,
    };
    const ann = walking(keep, say('{{ user.attributes.tier }}'));
    expect(ann.say('/start')).toEqual(['gold']);
    expect(ann.last.trace).toContainEqual({ kind: 'step_failed', step_id: 'keep', detail: '"tier" is not a number' });
  });

  test('an unchanged value has no effect', () => {
    expect(
      walking({ id: 'keep', type: 'set_attribute', changes: [{ attribute: 'tier', value: 'gold' }] }).say('/start'),
    ).toEqual([]);
  });

  test('stores at most 16,000 characters', () => {
    const keep = {
      id: 'keep',
      type: 'set_attribute',
      changes: [
        { attribute: 'long', value: 'x'.repeat(8000) },
        { attribute: 'longer', value: '{{ user.attributes.long }}{{ user.attributes.long }}' },
      ],
    };
    const ann = walking(keep);
    expect(ann.say('/start')).toEqual([]);
    expect(ann.last.trace).toContainEqual({
      kind: 'step_failed',
      step_id: 'keep',
      detail: expect.stringMatching(
        /^The attributes of a user can have at most 16000 characters of JSON; these have 24\d{3}$/,
      ) as string,
    });
  });

  test('a time zone set by a flow applies immediately', () => {
    const ann = walking(
      { id: 'zone', type: 'set_attribute', changes: [{ attribute: 'time_zone', value: 'Asia/Tokyo' }] },
      { id: 'wait', type: 'wait', until: '18:00' },
      say('done'),
    );
    ann.say('/start');
    expect(ann.last.effects.at(-1)).toMatchObject({ kind: 'timer', due_at: nextSix() });
  });
});

/** The next 18:00 in Tokyo, which is UTC+9 all year. */
function nextSix(): number {
  const six = Math.floor(ENV.now / 86_400_000) * 86_400_000 + 9 * 3_600_000;
  return six > ENV.now ? six : six + 86_400_000;
}
