import { getUser, listUsers, updateUser } from '../../app/index.ts';
import type { contract } from '../../contract/index.ts';
import type { BotUser } from '../../model/index.ts';
import type { Handlers } from '../handlers-type.ts';
import type { HandlerContext } from './handler-context.ts';

export const users: Handlers<typeof contract, HandlerContext>['users'] = {
  async list({ principal, params, query, base }, context) {
    const page = await listUsers(context, principal, params.id, query);
    return { ...page, items: page.items.map((user) => withAddress(user, base)) };
  },
  get: async ({ principal, params, base }, context) =>
    withAddress(await getUser(context, principal, params.id, params.user_id), base),
  update: async ({ principal, params, body, base }, context) =>
    withAddress(await updateUser(context, principal, params.id, params.user_id, body), base),
};

/** Stored below the mount; a browser needs the mount, too. */
function withAddress(user: BotUser, base: string): BotUser {
  return user.profile_photo === null || base === '' ? user : { ...user, profile_photo: base + user.profile_photo };
}
