import { openApiDocument } from '@botloom/core/http';
import type { Generator } from './generator.ts';

/** The REST API as a file, for those who make clients from it. */
export const generator: Generator = {
  path: 'docs/reference/openapi.json',
  generate: () => `${JSON.stringify(openApiDocument(''), null, 2)}\n`,
};
