import {
  commonErrors,
  contract,
  isBodyOptional,
  listEndpoints,
  PATH_PARAMS,
  problemDocument,
  successStatus,
  type Endpoint,
  type NamedEndpoint,
  type PathParamName,
} from '../../contract/index.ts';
import { ERROR_CODES, type ErrorCode } from '../../errors/index.ts';
import type { JsonObject, JsonValue } from '../../model/index.ts';
import { createSchemaWriter, type SchemaWriter } from './json-schemas.ts';

/**
 * Returns the REST API as an OpenAPI 3.1 document.
 *
 * @param base - mount path of Botloom, without a trailing slash
 */
export function openApiDocument(base: string): JsonObject {
  const schemas = createSchemaWriter();
  const paths = pathItems(listEndpoints(contract), schemas);
  schemas.write(problemDocument, 'output');
  return {
    openapi: '3.1.1',
    info: {
      title: 'Botloom',
      version: '1',
      description: 'Telegram bots with their flows, users and messages.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: base === '' ? '/' : base }],
    tags: Object.keys(contract).map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        api_key: { type: 'http', scheme: 'bearer', description: 'An API key: `Authorization: Bearer botloom_…`.' },
      },
      schemas: schemas.components(),
    },
  };
}

function pathItems(endpoints: readonly NamedEndpoint[], schemas: SchemaWriter): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const named of endpoints) {
    const path = named.endpoint.path.replaceAll(/:([a-z_]+)/g, '{$1}');
    paths[path] = { ...paths[path], [named.endpoint.method.toLowerCase()]: operation(named, schemas) };
  }
  return paths;
}

function operation({ group, name, endpoint }: NamedEndpoint, schemas: SchemaWriter): JsonObject {
  return {
    operationId: `${group}.${name}`,
    tags: [group],
    summary: endpoint.summary,
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    parameters: [...pathParameters(endpoint, schemas), ...queryParameters(endpoint, schemas)],
    ...(endpoint.body === undefined
      ? {}
      : {
          requestBody: {
            required: !isBodyOptional(endpoint.body),
            content:
              endpoint.body === 'bytes'
                ? { '*/*': {} }
                : { 'application/json': { schema: schemas.write(endpoint.body, 'input') } },
          },
        }),
    responses: { [String(successStatus(endpoint))]: success(endpoint, schemas), ...failures(endpoint) },
    security: endpoint.permission === null ? [] : [{ api_key: [] }],
    ...(endpoint.permission === null ? {} : { 'x-permission': endpoint.permission }),
  };
}

function pathParameters(endpoint: Endpoint, schemas: SchemaWriter): JsonObject[] {
  return [...endpoint.path.matchAll(/:([a-z_]+)/g)].map(([, name = '']) => {
    // `endpoint()` does not compile with another name.
    const { schema, description } = PATH_PARAMS[name as PathParamName];
    return { name, in: 'path', required: true, description, schema: schemas.write(schema, 'input') };
  });
}

function queryParameters(endpoint: Endpoint, schemas: SchemaWriter): JsonObject[] {
  if (endpoint.query === undefined) return [];
  const { properties = {}, required = [] } = schemas.write(endpoint.query, 'input') as {
    readonly properties?: Readonly<Record<string, JsonObject>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description = null, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description === null ? {} : { description }),
    schema,
  }));
}

function success(endpoint: Endpoint, schemas: SchemaWriter): JsonObject {
  const { response } = endpoint;
  switch (response) {
    case 'empty':
      return { description: 'Success.' };
    case 'file':
      return { description: 'The file.', content: { 'application/octet-stream': {} } };
    case 'html':
      return { description: 'A page.', content: { 'text/html': {} } };
    default:
      return {
        description: 'Success.',
        content: { 'application/json': { schema: schemas.write(response, 'output') } },
      };
  }
}

/** Returns one response per status, with the error codes of that status. */
function failures(endpoint: Endpoint): JsonObject {
  const byStatus = new Map<string, ErrorCode[]>();
  for (const code of [...endpoint.errors, ...commonErrors(endpoint)]) {
    const status = String(ERROR_CODES[code].status);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const responses: Record<string, JsonValue> = {};
  for (const [status, codes] of byStatus) {
    responses[status] = {
      description: codes.map((code) => `\`${code}\`: ${ERROR_CODES[code].title}.`).join('\n'),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  return responses;
}
