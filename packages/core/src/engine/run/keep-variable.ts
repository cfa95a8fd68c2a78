import type { JsonObject, JsonValue } from '../../model/index.ts';
import { ENGINE_LIMITS } from '../limits.ts';
import { writeState } from '../state/write-state.ts';
import { sizeOf } from '../values/size-of.ts';
import { setVariable, type Run } from './run.ts';

/** Sets a variable and sees to it that all of a session's variables, those of calling flows among them, stay within their bound. */
export function keepVariable(run: Run, name: string, value: JsonValue): void {
  setVariable(run, name, value);
  checkSize(run);
}

/** Ends the run when its variables have become too large. */
export function checkSize(run: Run): void {
  const held =
    run.stack.frames.reduce((sum, { variables }) => sum + sizeOf(variables), sizeOf(run.variables)) +
    (run.interrupted === null ? 0 : sizeOf(writeState(run.interrupted).state));
  if (held > ENGINE_LIMITS.variables) run.exhausted = `variables of more than ${ENGINE_LIMITS.variables} characters`;
}

/** Takes a variable away. */
export function dropVariable(run: Run, name: string): void {
  const rest: JsonObject = Object.fromEntries(Object.entries(run.variables).filter(([each]) => each !== name));
  run.variables = rest;
  run.scope = null;
}
