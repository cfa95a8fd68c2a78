import type { JsonObject, JsonValue } from '../../model/index.ts';
import { ENGINE_LIMITS } from '../limits.ts';
import { writeState } from '../state/write-state.ts';
import { jsonLength } from '../values/json-length.ts';
import { setVariable, type Run } from './run.ts';

/** Sets a variable and checks the total size of the session's variables, including those of calling flows. */
export function storeVariable(run: Run, name: string, value: JsonValue): void {
  setVariable(run, name, value);
  checkVariablesSize(run);
}

/** Ends the run if its variables are too large. */
export function checkVariablesSize(run: Run): void {
  const held =
    run.stack.frames.reduce((sum, { variables }) => sum + jsonLength(variables), jsonLength(run.variables)) +
    (run.interrupted === null ? 0 : jsonLength(writeState(run.interrupted).state));
  if (held > ENGINE_LIMITS.variables_length)
    run.exceeded_limit = `more than ${ENGINE_LIMITS.variables_length} characters of variables`;
}

/** Deletes a variable. */
export function deleteVariable(run: Run, name: string): void {
  const rest: JsonObject = Object.fromEntries(Object.entries(run.variables).filter(([each]) => each !== name));
  run.variables = rest;
  run.scope = null;
}
