import { expect, test } from 'vitest';
import type { JsonObject } from '../../model/index.ts';
import { callback, text } from '../fixtures/dialogue.ts';
import { IDLE_SESSION } from '../state/session.ts';
import { versionsNeeded } from './versions-needed.ts';

const inFive = { flow_version_id: 5, step_id: 'a', state: {} };

test('the version of the session and that of a pressed button', () => {
  expect(versionsNeeded(IDLE_SESSION, text('hi'))).toEqual([]);
  expect(versionsNeeded(inFive, text('hi'))).toEqual([5]);
  expect(versionsNeeded(inFive, callback('~7.0.0'))).toEqual([5, 7]);
  expect(versionsNeeded(inFive, callback('~5.0.0'))).toEqual([5]);
  expect(versionsNeeded(IDLE_SESSION, callback('~7.0.0'))).toEqual([7]);
  expect(versionsNeeded(IDLE_SESSION, callback('menu:1'))).toEqual([]);
  const frame = (flow_version_id: number): JsonObject => ({ flow_version_id, step_id: 'c', variables: {}, rounds: [] });
  expect(versionsNeeded({ ...inFive, state: { frames: [frame(3), frame(5), frame(4)] } }, callback('~7.0.0'))).toEqual([
    5, 3, 4, 7,
  ]);
});
