import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { conditionShape, OPERATORS } from './conditions/condition-schema.ts';
import { INTERRUPTION_POLICIES } from './document-fields.ts';
import { FLOW_PROBLEMS } from './flow-problem.ts';
import { END_DESCRIPTIONS } from './steps/end/end-step.ts';
import { menuButton } from './steps/menu/menu-button.ts';
import { randomBranch } from './steps/random/random-step.ts';
import { attributeChange } from './steps/set-attribute/set-attribute-step.ts';
import { CHANGE_NAMES, setChange } from './steps/set/set-change.ts';
import { STEP_KINDS } from './steps/step-kinds.ts';
import { switchCase } from './steps/switch/switch-step.ts';
import { NAMESPACES } from './template/names.ts';
import { TEMPLATE_FILTERS, TEMPLATE_TAGS } from './template/subset.ts';
import { CHAT_EVENTS } from './triggers/chat-events.ts';
import { trigger, TRIGGER_KINDS } from './triggers/trigger-schema.ts';
import { validateFlow } from './validate-flow.ts';

const guide = readFileSync(join(import.meta.dirname, '../../../../docs/guides/flows.md'), 'utf8');

describe('docs/guides/flows.md', () => {
  const examples = [...guide.matchAll(/```json\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');

  test.each(examples)('example %# is a valid flow', (json) => {
    expect(validateFlow(JSON.parse(json))).toEqual([]);
  });

  test('names every field, filter, tag and member', () => {
    const fields = [
      ...Object.values(STEP_KINDS).flatMap((kind) => Object.keys(kind.schema.shape)),
      ...Object.keys(menuButton.shape),
    ];
    for (const name of [...fields, ...TEMPLATE_TAGS, ...TEMPLATE_FILTERS, ...Object.values(NAMESPACES).flat()])
      expect(guide, name).toMatch(new RegExp(`\`(${name}|[a-z]+\\.${name}|${name}\\.\\*)\``));
  });

  test('names every field and word of triggers and of the logic steps', () => {
    const shapes = [
      conditionShape,
      trigger.shape,
      setChange.shape,
      attributeChange.shape,
      switchCase.shape,
      randomBranch.shape,
    ];
    const words = [
      ...shapes.flatMap((shape) => Object.keys(shape)),
      ...CHANGE_NAMES,
      ...Object.keys({ ...OPERATORS, ...END_DESCRIPTIONS, ...TRIGGER_KINDS, ...CHAT_EVENTS, ...INTERRUPTION_POLICIES }),
    ];
    for (const word of words) expect(guide, word).toContain(`\`${word}\``);
  });

  test('names every code of a problem, and none that there is not', () => {
    const table = guide.slice(guide.search(/^\| code +\|/m));
    const named = [...table.matchAll(/`([a-z]+_[a-z_]+|required|empty)`/g)].map((match) => match[1]);
    expect(named.sort()).toEqual(Object.keys(FLOW_PROBLEMS).sort());
  });
});
