import type { HttpMethod } from '../flow/index.ts';

/**
 * A rendered request, except for its secrets: it contains their names, and the sender puts the values in. A type and no
 * interface, since it is stored as JSON.
 */
export type HttpRequest = {
  readonly method: HttpMethod;
  readonly url: RequestText;
  readonly headers: Readonly<Record<string, RequestText>>;
  readonly body: RequestText | null;
  /** In milliseconds. */
  readonly timeout: number;
};

/** A text, or its pieces if it contains secrets. */
export type RequestText = string | readonly RequestPiece[];

export type RequestPiece =
  | string
  /** The secret with this name: written as it is, percent-encoded, or as part of a JSON string. */
  | { readonly secret: string; readonly as: SecretForm }
  | { readonly base64: readonly RequestPiece[] };

export type SecretForm = 'text' | 'url' | 'json';
