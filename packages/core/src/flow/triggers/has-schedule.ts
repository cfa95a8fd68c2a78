import { isJsonObject, type JsonObject } from '../../model/index.ts';
import { isList } from '../values/is-list.ts';

/** Returns true if a flow document, which need not be valid, contains a schedule trigger. */
export function hasSchedule({ triggers }: JsonObject): boolean {
  return isList(triggers) && triggers.some((trigger) => isJsonObject(trigger) && trigger.kind === 'schedule');
}
