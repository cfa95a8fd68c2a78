import { describe, expect, test } from 'vitest';
import { BENCHMARK_FLOWS } from './fixtures/benchmark-flows.ts';
import { callback, dialogue } from './fixtures/dialogue.ts';

describe('the flows of the benchmark', () => {
  test('reply as its contract specifies', () => {
    const ann = dialogue(BENCHMARK_FLOWS);
    expect(ann.say('hi')).toEqual(['Echo: hi']);
    expect(ann.say('/start')).toEqual(['Hello, Ann!', 'What is your name?']);
    expect(ann.say('Ann Lee')).toEqual(['How old are you?']);
    for (const wrong of ['old', '0', '151', '12.5', ''])
      expect(ann.say(wrong)).toEqual(['Please send your age as a number.']);
    expect(ann.play(callback('menu:2'))).toEqual(['(answer) You chose option 2.', 'You chose option 2.']);
    expect(ann.say('30')).toEqual(['Thank you! Name: Ann Lee, age: 30.']);
    expect(ann.last.session.flow_version_id).toBeNull();
    expect(ann.say('/menu')).toEqual(['Choose an option:']);
    expect(ann.last.effects[0]).toMatchObject({
      payload: {
        reply_markup: {
          inline_keyboard: [
            [
              { text: 'One', callback_data: 'menu:1' },
              { text: 'Two', callback_data: 'menu:2' },
              { text: 'Three', callback_data: 'menu:3' },
            ],
          ],
        },
      },
    });
    expect(ann.press('Three')).toEqual(['(answer) You chose option 3.', 'You chose option 3.']);
    expect(ann.say('more')).toEqual(['Echo: more']);
  });

  test('a command comes before the pending question, and the menu ends it', () => {
    const ann = dialogue(BENCHMARK_FLOWS);
    ann.say('/start');
    expect(ann.say('/menu')).toEqual(['Choose an option:']);
    expect(ann.say('Ann')).toEqual(['Echo: Ann']);
  });
});
