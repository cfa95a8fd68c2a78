import { expect, test } from 'vitest';
import { STEP_KINDS, STEP_TYPES, validateFlow } from '@botloom/core/flow';
import { QUESTION_INPUTS, TRIGGER_KINDS } from '@botloom/core/flow-schema';
import { INPUT_EXAMPLES } from './input-examples.ts';
import { STEP_EXAMPLES } from './step-examples.ts';
import { TRIGGER_EXAMPLES } from './trigger-examples.ts';

test.each(STEP_TYPES)('the example of the step %s is such a step', (type) => {
  expect(STEP_KINDS[type].schema['~standard'].validate(STEP_EXAMPLES[type])).toEqual({ value: STEP_EXAMPLES[type] });
});

test.each(QUESTION_INPUTS)('the example of the input %s is a flow', (input) => {
  expect(INPUT_EXAMPLES[input].input).toBe(input);
  expect(validateFlow({ steps: [INPUT_EXAMPLES[input]] })).toEqual([]);
});

test.each(Object.keys(TRIGGER_KINDS) as (keyof typeof TRIGGER_EXAMPLES)[])(
  'the example of the trigger %s is one',
  (kind) => {
    expect(validateFlow({ triggers: [TRIGGER_EXAMPLES[kind]], response: 'Here I am.' })).toEqual([]);
  },
);
