import { describe, expect, test } from 'vitest';
import type { PublishedFlow } from '../model/index.ts';
import { addVersions, buildBotProgram, findFlow } from './build-bot-program.ts';
import { compileFlow } from './compile-flow.ts';

const bot = { id: 'b', name: 'Shop', username: 'shop_bot' };
const flow = (version_id: number, more: Partial<PublishedFlow> = {}): PublishedFlow => ({
  flow_id: `f${version_id}`,
  version_id,
  name: `Flow ${version_id}`,
  flow_data: { response: String(version_id) },
  trigger_command: null,
  is_default: false,
  ...more,
});

describe('a bot’s program', () => {
  test('knows flows by command, id and name, and the default', () => {
    const program = buildBotProgram(bot, [
      flow(1, { trigger_command: 'Start' }),
      flow(2, { is_default: true, name: 'Help' }),
    ]);
    expect(program.commands.get('start')?.id).toBe(1);
    expect(program.default_version?.id).toBe(2);
    expect([
      findFlow(program, '/START')?.id,
      findFlow(program, 'f1')?.id,
      findFlow(program, 'help')?.id,
      findFlow(program, 'none'),
    ]).toEqual([1, 1, 2, null]);
  });

  test('a stored flow that cannot run does not take the others down', () => {
    const program = buildBotProgram(bot, [
      flow(1, { trigger_command: 'start', flow_data: { steps: [{ id: 'a', type: 'hologram' }] } }),
      flow(2, { is_default: true }),
    ]);
    expect(program.broken.get(1)).toMatchObject({
      flow_id: 'f1',
      problems: [{ path: '/steps/0/type', code: 'step_type_unknown' }],
    });
    expect(program.commands.has('start')).toBe(false);
    expect(program.default_version?.id).toBe(2);
  });

  test('older versions are added without compiling the others again, and do not come into force', () => {
    const program = buildBotProgram(bot, [flow(5, { flow_id: 'f', trigger_command: 'start' })]);
    const more = addVersions(program, [
      flow(3, { flow_id: 'f', trigger_command: 'start', is_default: true }),
      flow(4, { flow_data: {} }),
    ]);
    expect(more.versions.get(5)).toBe(program.versions.get(5));
    expect([...more.versions.keys()]).toEqual([5, 3]);
    expect([...more.broken.keys()]).toEqual([4]);
    expect(more.commands.get('start')?.id).toBe(5);
    expect(more.default_version).toBeNull();
    expect(addVersions(more, [flow(3), flow(4)])).toBe(more);
  });
});

test('what is only refused when it is written still runs', () => {
  const buttons = [Array.from({ length: 9 }, () => ({ text: 'A', response: 'a' }))];
  expect(compileFlow({ type: 'menu', text: 'x', buttons }).steps.size).toBe(1);
  expect(
    compileFlow({
      steps: [
        { id: 'a', type: 'message', text: '{{ gone }}', next: null },
        { id: 'b', type: 'message', text: 'never', later: true },
      ],
    }).steps.size,
  ).toBe(2);
  expect(() => compileFlow({ response: '{{' })).toThrow(
    expect.objectContaining({ code: 'FLOW_DATA_INVALID', problems: [expect.objectContaining({ path: '/response' })] }),
  );
});
