import { describe, expect, test } from 'vitest';
import { validateFlow } from '../../validate-flow.ts';

const context = { flows: [], secrets: new Set(['KEY', 'PASS_2']) };
const brief = (step: object): string[] =>
  validateFlow({ steps: [{ id: 'a', url: 'https://example.com', ...step }], variables: { x: 1 } }, context).map(
    ({ path, code }) => `${path} ${code}`,
  );
const http = (step: object): string[] => brief({ type: 'http', method: 'POST', ...step });

describe('secrets of http steps', () => {
  test.each<[object, string[]]>([
    [
      {
        url: 'https://example.com/{{ secrets.KEY }}/{{ x }}',
        query: { a: '{{secrets.KEY}}' },
        headers: { b: 'x {{- secrets.PASS_2 -}}' },
      },
      [],
    ],
    [{ json: { a: ['{{ secrets.KEY }} and {{ x }}'], b: { c: '{{ x }}' } } }, []],
    [{ form: { a: '{{ secrets.KEY }}' } }, []],
    [{ url: 'https://example.com/{{ secrets.KEI }}' }, ['/steps/0/url unknown_secret']],
    [{ json: { a: ['{{ secrets.NO }}'] } }, ['/steps/0/json/a/0 unknown_secret']],
    [{ headers: { a: '{{ secrets.KEY | upcase }}' } }, ['/steps/0/headers/a secret_place']],
    [{ headers: { a: '{% if secrets.KEY %}x{% endif %}' } }, ['/steps/0/headers/a secret_place']],
    [{ headers: { a: '{% if x %}{{ secrets.KEY }}{% endif %}' } }, ['/steps/0/headers/a secret_place']],
    [{ headers: { a: '{{ secrets }}' } }, ['/steps/0/headers/a secret_place']],
    [{ headers: { a: '{{ secrets.KEY }}{{ x' } }, ['/steps/0/headers/a template_invalid']],
    [{ auth: { type: 'bearer', token: '{{ secrets.KEY }}' } }, []],
    [{ auth: { type: 'basic', username: 'shop', password: '{{ secrets.KEY }}' } }, []],
    [{ auth: { type: 'header', name: 'X-Key', value: '{{ secrets.KEY }}' }, headers: { Authorization: 'x' } }, []],
    [{ auth: { type: 'query', name: 'key', value: '{{ secrets.NO }}' } }, ['/steps/0/auth/value unknown_secret']],
    [{ auth: { type: 'bearer' } }, ['/steps/0/auth/token required']],
    [{ auth: { type: 'bearer', token: 'x', name: 'y' } }, ['/steps/0/auth/name fields_conflict']],
    [{ auth: { type: 'oauth' } }, ['/steps/0/auth/type wrong_value']],
    [{ headers: { 'Idempotency-key': 'y' } }, ['/steps/0/headers/Idempotency-key fields_conflict']],
    [{ auth: { type: 'bearer', token: 'x' }, headers: { authorization: 'y' } }, ['/steps/0/auth fields_conflict']],
  ])('%j', (step, problems) => {
    expect(http(step)).toEqual(problems);
  });

  test.each<[object, string]>([
    [{ type: 'message', text: 'Key: {{ secrets.KEY }}' }, '/steps/0/text'],
    [{ type: 'message', text: '{% if secrets.KEY == "a" %}yes{% endif %}' }, '/steps/0/text'],
    [{ type: 'message', photo: 'https://example.com/{{ secrets.KEY }}' }, '/steps/0/photo'],
    [{ type: 'set', changes: [{ variable: 'y', value: '{{ secrets.KEY }}' }] }, '/steps/0/changes/0/value'],
    [
      { type: 'set', changes: [{ variable: 'y', value: { deep: ['{{ secrets.KEY }}'] } }] },
      '/steps/0/changes/0/value/deep/0',
    ],
    [{ type: 'condition', if: { var: 'secrets.KEY', op: '=', value: 'a' }, then: null, else: null }, '/steps/0/if/var'],
    [{ type: 'notify', to: '5', text: '{{ secrets.KEY }}' }, '/steps/0/text'],
    [{ type: 'tag', tags: ['{{ secrets.KEY }}'] }, '/steps/0/tags/0'],
    [{ type: 'action', action: 'x', input: { a: '{{ secrets.KEY }}' } }, '/steps/0/input/a'],
  ])('%j is rejected', (step, path) => {
    const problems = validateFlow({ steps: [{ id: 'a', ...step }] }, context);
    expect(problems).toContainEqual(
      expect.objectContaining({ path, code: 'secret_place', message: 'Secrets are not allowed here' }),
    );
  });

  test('no variable can be named "secrets"', () => {
    expect(brief({ type: 'set', url: undefined, changes: [{ variable: 'secrets', value: 1 }] })).toContain(
      '/steps/0/changes/0/variable name_reserved',
    );
  });
});
