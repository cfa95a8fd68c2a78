import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../model/index.ts';
import { readState } from './read-state.ts';
import { IDLE_STATE } from './session-state.ts';
import { IDLE_SESSION, type Session } from './session.ts';
import { writeState } from './write-state.ts';

const at = (state: JsonObject): Session => ({ flow_version_id: 1, step_id: 's', state });

/** Every member that the engine has ever stored. */
const FULL: JsonObject = {
  variables: { name: 'Ann', list: [1, null] },
  rounds: [{ step_id: 'each', index: 2 }],
  frames: [{ flow_version_id: 3, step_id: 'call', variables: { a: 1 }, rounds: [{ step_id: 'outer', index: 0 }] }],
  origin: {
    kind: 'chat_event',
    name: 'joined',
    at: 5,
    chat: { id: -100, title: 'Group' },
    emoji: null,
    invite_link: 'link',
    bio: null,
  },
  interrupted: {
    flow_version_id: 2,
    step_id: 'human',
    state: { variables: {}, wait: { token: 'e0', reason: 'handover', deadline: null, subject: 'A refund' } },
  },
  wait: { token: 'e1', reason: 'event', deadline: 9, subject: 'paid' },
  kept: { tries: 2, keys: true },
  told: { joined: 5 },
};

describe('the stored form of a session', () => {
  test('is read and written without a change', () => {
    expect(writeState(readState(at(FULL)))).toEqual(at(FULL));
    expect(writeState(readState(at({})))).toEqual(at({}));
    expect(writeState(readState(at({ variables: {} })))).toEqual(at({ variables: {} }));
  });

  test('is read with the names that the engine uses', () => {
    expect(readState(at(FULL))).toMatchObject({
      variables: FULL.variables,
      stack: { rounds: FULL.rounds, frames: FULL.frames },
      wait: FULL.wait,
      step_state: FULL.kept,
      origin: FULL.origin,
      interrupted: { flow_version_id: 2, step_id: 'human', wait: { reason: 'handover', subject: 'A refund' } },
      chat_event_times: { joined: 5 },
    });
  });

  test('of a session in no flow is empty', () => {
    expect(readState(IDLE_SESSION)).toEqual(IDLE_STATE);
    expect(writeState(IDLE_STATE)).toBe(IDLE_SESSION);
    const remembers: Session = { flow_version_id: null, step_id: null, state: { told: { left: 3 } } };
    expect(writeState(readState(remembers))).toEqual(remembers);
  });
});

describe('a damaged member', () => {
  test.each(Object.keys(FULL))('%s counts as missing when it is not what the engine writes', (name) => {
    const without = Object.fromEntries(Object.entries(FULL).filter(([each]) => each !== name));
    for (const damaged of [null, 'x', 7, true, [], ['x', 7, null]])
      expect(readState(at({ ...FULL, [name]: damaged }))).toEqual(
        // A stack with nothing to read is an empty stack.
        readState(at(without)),
      );
  });

  test('of a list leaves the rest of the list', () => {
    const rounds: JsonObject[] = [{ step_id: 'a' }, { step_id: 'b', index: 1 }];
    expect(readState(at({ rounds })).stack.rounds).toEqual([{ step_id: 'b', index: 1 }]);
    const frames = [
      { flow_version_id: 'x', step_id: 'a' },
      { flow_version_id: 1, step_id: 'b' },
    ];
    expect(readState(at({ frames })).stack.frames).toEqual([
      { flow_version_id: 1, step_id: 'b', variables: {}, rounds: [] },
    ]);
  });

  test('of a wait leaves its token, so that its timer still ends it', () => {
    expect(readState(at({ wait: { token: 'e1', reason: 'rain', deadline: 'x' } })).wait).toEqual({
      token: 'e1',
      reason: 'time',
      deadline: null,
    });
  });
});
