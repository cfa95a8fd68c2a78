import { expect, test } from 'vitest';
import { plainArray, textArray } from './array-literal.ts';

test('arrays are written in the format of PostgreSQL', () => {
  expect(plainArray([])).toBe('{}');
  expect(plainArray([1, null, true, -5])).toBe('{1,NULL,true,-5}');
  expect(textArray([])).toBe('{}');
  expect(textArray(['a', null, '', 'NULL', 'x,{y}', 'say "hi" \\ there'])).toBe(
    '{"a",NULL,"","NULL","x,{y}","say \\"hi\\" \\\\ there"}',
  );
});
