import { lookUp, type SavedResult } from '../../flow/index.ts';
import type { JsonValue } from '../../model/index.ts';
import type { Run } from './run.ts';
import { storeVariable } from './store-variable.ts';

/** Stores a result in the variables that the step names; a part that does not exist is stored as null. */
export function saveResult({ whole, parts }: SavedResult, result: JsonValue, run: Run): void {
  if (whole !== null) storeVariable(run, whole, result);
  const scope = { user: {}, bot: {}, message: {}, event: {}, variables: { result } };
  for (const { variable, path } of parts) storeVariable(run, variable, lookUp(['result', ...path], scope) ?? null);
}
