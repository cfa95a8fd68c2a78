import type { HttpMethod } from '../flow/index.ts';

/**
 * A request, rendered, but for its secrets: they stand in it by name, and whoever makes it puts their values in. A type of its own and no interface, since
 * it is stored as it is.
 */
export type HttpRequest = {
  readonly method: HttpMethod;
  readonly url: RequestText;
  readonly headers: Readonly<Record<string, RequestText>>;
  readonly body: RequestText | null;
  /** Milliseconds. */
  readonly timeout: number;
};

/** A text, or where secrets stand in it, its pieces. */
export type RequestText = string | readonly RequestPiece[];

export type RequestPiece =
  | string
  /** The secret of this name, written as it is, percent-encoded, or as a part of a JSON string. */
  | { readonly secret: string; readonly as: SecretForm }
  | { readonly base64: readonly RequestPiece[] };

export type SecretForm = 'text' | 'url' | 'json';
