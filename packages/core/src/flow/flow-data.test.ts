import { describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { labels } from '../model/index.ts';
import { flowData } from './flow-data.ts';
import { flowJsonSchema } from './flow-json-schema.ts';
import { menuButton } from './steps/menu/menu-button.ts';
import { STEP_KINDS } from './steps/step-kinds.ts';

describe('the schema of a flow', () => {
  test('takes the forms of the seed', () => {
    for (const data of [
      { response: 'Hello World' },
      {
        steps: [
          { id: 'step1', type: 'message', text: 'Hi' },
          { id: 'step2', type: 'question', text: 'Name?' },
        ],
        initial_step: 'step1',
      },
      { type: 'menu', text: 'Choose option', buttons: [{ text: 'A', response: 'You chose A' }] },
    ]) {
      expect(flowData.parse(data)).toEqual(data);
    }
    expect(flowData.safeParse({ response: 'x', more: 1 }).success).toBe(false);
  });

  test('carries a title and a description for every field, for forms and docs', () => {
    const shapes: Readonly<Record<string, z.core.$ZodType>>[] = [
      menuButton.shape,
      ...Object.values(STEP_KINDS).map(({ schema }) => schema.shape),
    ];
    for (const shape of shapes) {
      for (const [name, field] of Object.entries(shape)) {
        if (name !== 'type')
          expect(labels.get(field), name).toMatchObject({ title: expect.any(String), description: expect.any(String) });
      }
    }
  });

  test('is a JSON Schema of three forms that takes no unknown fields', () => {
    expect(flowJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      anyOf: [
        { title: 'Simple response', additionalProperties: false, required: ['response'] },
        { title: 'Steps', additionalProperties: false, required: ['steps'] },
        { title: 'Menu', additionalProperties: false, required: ['type', 'text', 'buttons'] },
      ],
    });
  });
});
