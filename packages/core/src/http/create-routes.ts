import { listEndpoints, type Contract } from '../contract/index.ts';
import { endpointRoute, type ErasedHandler, type PipelineDeps } from './endpoint-route.ts';
import type { Handlers } from './handlers-type.ts';
import type { HttpRoute } from './http-types.ts';

/** A route for every endpoint of a contract. */
export function createRoutes<C extends Contract, Context>(
  of: C,
  handlers: Handlers<C, Context>,
  context: Context,
  deps: PipelineDeps,
): HttpRoute[] {
  return listEndpoints(of).map(({ group, name, endpoint }) => {
    // `Handlers` has a handler for each endpoint, with the types that the pipeline checks at run time; a loop over both cannot say so.
    const handler = handlers[group]?.[name] as unknown as (
      request: Parameters<ErasedHandler>[0],
      context: Context,
    ) => unknown;
    return endpointRoute(endpoint, (request) => handler(request, context), deps);
  });
}
