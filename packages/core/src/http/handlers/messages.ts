import { listMessages, sendMessage } from '../../app/index.ts';
import type { contract } from '../../contract/index.ts';
import type { Message } from '../../model/index.ts';
import type { Handlers } from '../handlers-type.ts';
import type { HandlerContext } from './handler-context.ts';

export const messages: Handlers<typeof contract, HandlerContext>['messages'] = {
  async list({ principal, params, query, base }, context) {
    const page = await listMessages(context, principal, params.id, query);
    return { ...page, items: page.items.map((message) => withAddress(message, base)) };
  },
  send: async ({ principal, params, body, base }, context) =>
    withAddress(await sendMessage(context, principal, params.id, body), base),
};

/** Stored below the mount; a browser needs the mount, too. */
function withAddress(message: Message, base: string): Message {
  return message.file_url === null || base === '' ? message : { ...message, file_url: base + message.file_url };
}
