import { describe, expect, test } from 'vitest';
import { validateFlow } from '../validate-flow.ts';

const brief = (step: object): string[] =>
  validateFlow({ steps: [{ id: 'a', ...step }] }).map(({ path, code }) => `${path} ${code}`);

describe('steps that change the stored data of a user', () => {
  test.each<[object, string[]]>([
    [{ tags: ['vip', 'plan {{ user.language }}'] }, []],
    [{}, ['/steps/0/tags required']],
    [{ tags: [] }, ['/steps/0/tags empty']],
    [{ tags: [' '] }, ['/steps/0/tags/0 empty']],
    [{ tags: ['x'.repeat(65)] }, ['/steps/0/tags/0 wrong_format']],
    [{ tags: ['a', 'b\nc'] }, ['/steps/0/tags/1 wrong_format']],
    [{ tags: ['{{ missing }}'] }, ['/steps/0/tags/0 unknown_variable']],
    [{ tags: ['{{ x'] }, ['/steps/0/tags/0 template_invalid']],
    [{ tags: ['{{ user.tag }}'] }, ['/steps/0/tags/0 unknown_variable']],
  ])('tag and untag: %j', (step, problems) => {
    for (const type of ['tag', 'untag']) expect(brief({ type, ...step })).toEqual(problems);
  });

  test.each<[object, string[]]>([
    [
      {
        changes: [
          { attribute: 'city', value: '{{ user.attributes.town }}' },
          { attribute: 'город', do: 'clear' },
        ],
      },
      [],
    ],
    [{}, ['/steps/0/changes required']],
    [{ changes: [{ value: 1 }] }, ['/steps/0/changes/0/attribute required']],
    [{ changes: [{ attribute: 'city' }] }, ['/steps/0/changes/0/value required']],
    [{ changes: [{ attribute: 'a b', value: 1 }] }, ['/steps/0/changes/0/attribute wrong_format']],
    [{ changes: [{ attribute: '__proto__', value: 1 }] }, ['/steps/0/changes/0/attribute wrong_format']],
    [{ changes: [{ attribute: 'x'.repeat(65), value: 1 }] }, ['/steps/0/changes/0/attribute too_big']],
    [
      { changes: [{ variable: 'city', value: 1 }] },
      ['/steps/0/changes/0/attribute required', '/steps/0/changes/0/variable unknown_key'],
    ],
    [{ changes: [{ attribute: 'n', do: 'random', min: 3, max: 2 }] }, ['/steps/0/changes/0/min min_over_max']],
    [{ changes: [{ attribute: 'n', do: 'now', value: 2 }] }, ['/steps/0/changes/0/value not_for_change']],
    [{ changes: [{ attribute: 'n', value: '{{ missing }}' }] }, ['/steps/0/changes/0/value unknown_variable']],
  ])('set_attribute: %j', (step, problems) => {
    expect(brief({ type: 'set_attribute', ...step }).sort()).toEqual([...problems].sort());
  });

  test('templates can read tags and attributes', () => {
    expect(brief({ type: 'message', text: '{{ user.tags }} {{ user.tags.size }} {{ user.attributes.city }}' })).toEqual(
      [],
    );
  });
});
