import type { JsonObject, JsonValue } from '../../model/index.ts';
import { ENGINE_LIMITS } from '../limits.ts';
import { writeState } from '../state/write-state.ts';
import { sizeOf } from '../values/size-of.ts';
import { setVariable, type Run } from './run.ts';

/** Sets a variable and checks the total size of the session's variables, including those of calling flows. */
export function keepVariable(run: Run, name: string, value: JsonValue): void {
  setVariable(run, name, value);
  checkSize(run);
}

/** Ends the run if its variables are too large. */
export function checkSize(run: Run): void {
  const held =
    run.stack.frames.reduce((sum, { variables }) => sum + sizeOf(variables), sizeOf(run.variables)) +
    (run.interrupted === null ? 0 : sizeOf(writeState(run.interrupted).state));
  if (held > ENGINE_LIMITS.variables) run.exhausted = `more than ${ENGINE_LIMITS.variables} characters of variables`;
}

/** Deletes a variable. */
export function dropVariable(run: Run, name: string): void {
  const rest: JsonObject = Object.fromEntries(Object.entries(run.variables).filter(([each]) => each !== name));
  run.variables = rest;
  run.scope = null;
}
