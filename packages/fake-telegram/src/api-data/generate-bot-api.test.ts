import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadBotApi } from './bot-api.ts';
import { generateBotApi } from './generate-bot-api.ts';

const field = (name: string, types: string[], required: boolean, description = '') => ({
  name,
  types,
  required,
  description,
});
const noDelta = {
  version: 'Bot API 1.1',
  new_types: {},
  type_fields_added: {},
  method_fields_added: {},
  method_fields_removed: {},
  subtypes_added: {},
};

it('keeps names, types, flags and numbers, and drops the prose', () => {
  const text = generateBotApi(
    {
      methods: {
        send: {
          returns: ['Message'],
          fields: [
            field('text', ['String'], true, 'Text of the message, 1-64 bytes'),
            field('media', ['Array of InputMedia'], true, 'A list, must include 2-10 items'),
            field('limit', ['Integer'], false, 'How many. Values between 1-100 are accepted.'),
            field('old', ['String'], false, 'Gone'),
          ],
        },
      },
      types: {
        InputMedia: { subtypes: ['InputMediaPhoto'] },
        InputMediaPhoto: { fields: [field('type', ['String'], true, 'Type of the result, must be photo')] },
      },
    },
    {
      ...noDelta,
      method_fields_removed: { send: ['old'] },
      method_fields_added: { send: [field('new', ['Array of Array of Integer'], false)] },
    },
  );
  expect(JSON.parse(text)).toEqual({
    version: 'Bot API 1.1',
    methods: {
      send: {
        returns: 'Message',
        fields: { text: 'String! 1..64b', media: 'InputMedia[]! 2..10n', limit: 'Integer 1..100v', new: 'Integer[][]' },
      },
    },
    types: { InputMedia: { subtypes: ['InputMediaPhoto'] }, InputMediaPhoto: { fields: { type: 'String! =photo' } } },
  });
});

it('generates data that the fake can read', () => {
  const api = loadBotApi();
  expect(api.methods.size).toBeGreaterThan(180);
  expect(api.methods.get('sendmessage')?.fields.get('text')).toEqual({
    name: 'text',
    types: ['String'],
    required: true,
    limit: { min: 1, max: 4096, unit: 'characters' },
  });
});

it('bot-api.json matches its source', (context) => {
  const script = fileURLToPath(new URL('./write-bot-api.ts', import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  if (stdout.includes('not checked')) context.skip(stdout.trim());
  expect(stdout).toBe('bot-api.json: up to date\n');
  expect(status).toBe(0);
});
