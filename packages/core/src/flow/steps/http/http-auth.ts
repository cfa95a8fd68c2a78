import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import { compileSecretText, type SecretText } from './secret-text.ts';

/** Types of credentials, with the fields of each. */
export const AUTH_FIELDS = {
  basic: ['username', 'password'],
  bearer: ['token'],
  header: ['name', 'value'],
  query: ['name', 'value'],
} as const satisfies Record<string, readonly (keyof HttpAuthSource)[]>;

export type AuthType = keyof typeof AUTH_FIELDS;

const text = z.optional(z.string().check(z.minLength(1), z.maxLength(FLOW_LIMITS.template)));

export const httpAuth = labeled(
  z.strictObject({
    type: labeled(z.enum(['basic', 'bearer', 'header', 'query']), {
      title: 'Type',
      description:
        '`basic` (`username`, `password`), `bearer` (`token`), or a `header` or `query` parameter (`name`, `value`).',
    }),
    username: labeled(text, { title: 'Username', description: 'For `basic`. A template.' }),
    password: labeled(text, { title: 'Password', description: 'For `basic`: `{{ secrets.NAME }}`.' }),
    token: labeled(text, { title: 'Token', description: 'For `bearer`: `{{ secrets.NAME }}`.' }),
    name: labeled(z.optional(z.string().check(z.minLength(1), z.maxLength(128))), {
      title: 'Name',
      description: 'Name of the header or the parameter.',
    }),
    value: labeled(text, { title: 'Value', description: 'For `header` and `query`: `{{ secrets.NAME }}`.' }),
  }),
  { title: 'Authentication', description: 'Credentials. Store confidential values as secrets of the bot.' },
);

interface HttpAuthSource {
  readonly type: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
  readonly name?: string | undefined;
  readonly value?: string | undefined;
}

export type CompiledAuth =
  | { readonly type: 'basic'; readonly username: SecretText; readonly password: SecretText }
  | { readonly type: 'bearer'; readonly token: SecretText }
  | { readonly type: 'header' | 'query'; readonly name: string; readonly value: SecretText };

export function compileAuth(source: z.infer<typeof httpAuth>, context: CompileContext): CompiledAuth {
  const fields: readonly string[] = AUTH_FIELDS[source.type];
  for (const field of ['username', 'password', 'token', 'name', 'value'] as const) {
    if (fields.includes(field) && source[field] === undefined)
      context.report(`/auth/${field}`, 'required', `"${field}" is missing`);
    if (!fields.includes(field) && source[field] !== undefined)
      context.report(
        `/auth/${field}`,
        'fields_conflict',
        `"${field}" is not allowed with "type": "${source.type}"`,
        'Remove it.',
      );
  }
  const compiled = (field: 'username' | 'password' | 'token' | 'value'): SecretText =>
    compileSecretText(source[field] ?? '', `/auth/${field}`, context);
  switch (source.type) {
    case 'basic':
      return { type: 'basic', username: compiled('username'), password: compiled('password') };
    case 'bearer':
      return { type: 'bearer', token: compiled('token') };
    case 'header':
    case 'query':
      return { type: source.type, name: source.name ?? '', value: compiled('value') };
  }
}
