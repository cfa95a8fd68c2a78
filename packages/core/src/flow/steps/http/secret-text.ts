import type { CompileContext, TemplateOptions } from '../../compile-context.ts';
import type { Template } from '../../template/template.ts';

/** A text that contains secrets. Their values are inserted right before the request is sent; nothing else sees them. */
export type SecretText = readonly (Template | { readonly secret: string })[];

const SECRET_PATTERN = /\{\{-?\s*secrets\.([A-Za-z_][A-Za-z0-9_]{0,63})\s*-?\}\}/;

/** Compiles a text of a request. Each piece of text between its secrets is a separate template. */
export function compileSecretText(
  source: string,
  key: string,
  context: CompileContext,
  options: TemplateOptions = {},
): SecretText {
  // Every second piece is the name of a secret.
  const pieces = source.split(SECRET_PATTERN);
  if (pieces.length === 1) return [context.template(source, key, options)];
  if (source.includes('{%')) {
    context.report(
      key,
      'secret_place',
      'A secret cannot be combined with template tags',
      'Use the tags in a "set" step, and its variable here.',
    );
    return [];
  }
  return pieces.flatMap((piece, index): SecretText => {
    if (index % 2 === 1) return [{ secret: context.secret(piece, key) }];
    return piece === '' ? [] : [context.template(piece, key, options)];
  });
}

/** Returns true if a text of a document contains a secret, so that it must be compiled by `compileSecretText`. */
export function hasSecret(source: string): boolean {
  return SECRET_PATTERN.test(source);
}
