import { STEP_KINDS, STEP_TYPES } from '@botloom/core/flow';
import { expect, test } from 'vitest';
import { STEP_EXAMPLES } from './step-examples.ts';

test.each(STEP_TYPES)('the example of %s is such a step', (type) => {
  expect(STEP_KINDS[type].schema.parse(STEP_EXAMPLES[type])).toEqual(STEP_EXAMPLES[type]);
});
