import { userDataProblem } from '../../model/user-data.ts';
import type { EnvUser } from '../env.ts';
import type { Run } from './run.ts';

/**
 * Gives the person other tags or attributes: the rest of the walk sees them, and they are stored with the session. What is the same asks for nothing.
 *
 * @throws when they would be more than one person can have
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
