import { expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { defineStep, type AnyHostStep } from './define-step.ts';
import { describeIssues } from './standard-schema.ts';

const charge = defineStep({
  type: 'charge',
  summary: 'Charges the customer.',
  schema: z.object({ amount: z.number().positive(), note: z.string().default('none') }),
  run: (input) => {
    expectTypeOf(input).toEqualTypeOf<{ amount: number; note: string }>();
    return { receipt: input.amount };
  },
});

test('the input of a step has the type of its schema, and a list can contain any steps', async () => {
  expectTypeOf<ReturnType<typeof charge.run>>().toEqualTypeOf<{ receipt: number } | Promise<{ receipt: number }>>();
  const steps: readonly AnyHostStep[] = [charge];
  expect(await steps[0]?.schema['~standard'].validate({ amount: 1 })).toEqual({ value: { amount: 1, note: 'none' } });
});

test('the issues of an input are described in one line', async () => {
  const { issues } = await charge.schema['~standard'].validate({ amount: -1, note: 5 });
  expect(describeIssues(issues ?? [])).toMatch(/^amount: .*; note: .*/);
});
