import { expect, test } from 'vitest';
import { validateFlow } from '../../flow/index.ts';
import type { EngineEvent, Outcome } from '../event.ts';
import { dialogue, type Dialogue } from '../fixtures/dialogue.ts';
import { readState } from '../state/read-state.ts';

function refunding(charge: string | null): Dialogue {
  const steps = [
    { id: 'back', type: 'refund', charge: '{{ charge }}', on_error: 'no' },
    { id: 'done', type: 'message', text: 'Given back', next: null },
    { id: 'no', type: 'message', text: 'Not possible' },
  ];
  return dialogue([{ trigger_command: 'start', flow_data: { variables: { charge }, steps } }]);
}

const result = (ann: Dialogue, outcome: Outcome): EngineEvent => ({
  kind: 'result',
  token: readState(ann.session).wait?.token ?? '',
  outcome,
});

test("a refund waits for Telegram's answer, and continues", () => {
  const ann = refunding(' c1 ');
  expect(ann.say('/start')).toEqual(['(refund) c1', '(timer) wait']);
  expect(ann.last.effects[0]).toEqual({ kind: 'refund', token: 'e1', user_id: 7, charge: 'c1' });
  expect(readState(ann.session).wait?.reason).toBe('refund');
  expect(ann.play(result(ann, { kind: 'ok', value: null }))).toEqual(['Given back']);
});

test('a refund that Telegram rejects, or that takes too long, continues at the error branch', () => {
  const ann = refunding('c1');
  ann.say('/start');
  expect(ann.play(result(ann, { kind: 'failed', code: 'REFUND_FAILED', message: 'no' }))).toEqual(['Not possible']);
  ann.say('/start');
  expect(
    ann.play({ kind: 'timer', token: readState(ann.session).wait?.token ?? '', purpose: 'wait', number: 0 }),
  ).toEqual(['Not possible']);
});

test('without a charge no refund is requested', () => {
  expect(refunding(null).say('/start')).toEqual(['Not possible']);
});

test.each<[object, string[]]>([
  [{ charge: '{{ a }}' }, ['/steps/0/charge unknown_variable']],
  [{}, ['/steps/0/charge required']],
  [{ charge: ' ' }, ['/steps/0/charge empty']],
])('%j', (step, problems) => {
  expect(
    validateFlow({ steps: [{ id: 'r', type: 'refund', ...step }] }).map(({ path, code }) => `${path} ${code}`),
  ).toEqual(problems);
});
