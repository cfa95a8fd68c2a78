import { expect, test } from 'vitest';
import { z } from 'zod';
import { checkInput } from './check-input.ts';

const schema = z.strictObject({
  name: z.string().min(1).max(5),
  kind: z.enum(['a', 'b']).optional(),
  size: z.number().min(2).optional(),
  tags: z.array(z.string()).max(1).optional(),
  data: z.record(z.string().regex(/^[a-z]+$/, 'must be small letters'), z.number()).optional(),
  slug: z.string().regex(/^x/, 'must begin with x').optional(),
});

test.each([
  [{}, ['/name is missing']],
  [{ name: 1 }, ['/name must be a string, not a number']],
  [{ name: '' }, ['/name must not be empty']],
  [
    { name: 'abcdef', size: 1, tags: ['a', 'b'] },
    ['/name must have at most 5 characters', '/size must be at least 2', '/tags must have at most 1 elements'],
  ],
  [
    { name: 'a', kind: 'c', slug: 'y', data: [] },
    ['/kind must be one of "a", "b"', '/data must be an object, not a list', '/slug must begin with x'],
  ],
  [
    { name: 'a', data: { b: null }, more: 1 },
    ['/data/b must be a number, not null', '/more The member is unknown or read-only.'],
  ],
  [{ name: 'a', data: { B: 1 } }, ['/data/B must be small letters']],
  [null, [' must be an object, not null']],
])('describes the problem in plain words: %j', (input, problems) => {
  let found: unknown;
  try {
    checkInput(schema, input);
  } catch (error) {
    found = error;
  }
  expect(found).toMatchObject({
    code: 'VALIDATION_FAILED',
    problems: problems.map((problem) => ({
      path: problem.split(' ')[0],
      message: problem.slice(problem.indexOf(' ') + 1),
    })),
  });
});
