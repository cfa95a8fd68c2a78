import { BotloomError } from '../errors/index.ts';

/** Parses the address of a Bot API server. `prefix` is its path without a trailing slash. */
export function parseApiRoot(apiRoot: string): { readonly origin: string; readonly prefix: string } {
  const url = URL.canParse(apiRoot) ? new URL(apiRoot) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '') {
    const problem = {
      path: '/telegram/apiRoot',
      code: 'api_root_invalid',
      message: 'must be an http or https address without credentials, query or fragment',
    };
    throw new BotloomError('OPTIONS_INVALID', `telegram.apiRoot ${problem.message}`, { problems: [problem] });
  }
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, '') };
}
