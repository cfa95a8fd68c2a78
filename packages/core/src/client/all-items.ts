import type { Page } from '../model/index.ts';

type List = (input: never) => Promise<Page<unknown>>;
type InputOf<L extends List> = NonNullable<Parameters<L>[0]>;
type ItemOf<L extends List> = Awaited<ReturnType<L>>['items'][number];

/**
 * Iterates over every record of a list, page by page.
 *
 * @param list - a list function of the client
 * @param input - the input of that function; its cursor is replaced for each page
 * @example
 * for await (const user of allItems(client.users.list, { params: { id } })) console.log(user.first_name);
 */
export async function* allItems<const L extends List>(
  list: L,
  input: InputOf<L>,
): AsyncGenerator<ItemOf<L>, void, undefined> {
  const { query = {}, ...rest }: { readonly query?: { readonly cursor?: string | undefined } } = input;
  let cursor = query.cursor;
  do {
    const next = { ...rest, query: cursor === undefined ? query : { ...query, cursor } };
    // `next` is the input with another cursor, and the result has its items: TypeScript cannot follow the generic
    // function.
    const page = (await list(next as never)) as Page<ItemOf<L>>;
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}
