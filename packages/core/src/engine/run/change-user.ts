import { userDataProblem } from '../../model/user-data.ts';
import type { EnvUser } from '../env.ts';
import type { Run } from './run.ts';

/**
 * Sets tags or attributes of the person: later steps of the run see them, and they are stored with the session. Values
 * that do not change have no effect.
 *
 * @throws Error - when the person would exceed the limits of tags or attributes
 */
export function changeUser(
  run: Run,
  { tags = run.user.tags, attributes = run.user.attributes }: Partial<Pick<EnvUser, 'tags' | 'attributes'>>,
): void {
  const { user } = run;
  if (JSON.stringify([tags, attributes]) === JSON.stringify([user.tags, user.attributes])) return;
  const objection = userDataProblem({ tags, attributes });
  if (objection !== null) throw new Error(objection);
  run.user = { ...user, tags, attributes };
  run.scope = null;
  run.effects.push({ kind: 'change_user', tags, attributes });
}
