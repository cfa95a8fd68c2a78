/** The parts of a request's address. */
export interface RequestTarget {
  readonly path: string;
  /** Without the question mark. */
  readonly search: string;
}

/** Takes `/path?query` apart, as it stands in the request line. */
export function splitTarget(url: string): RequestTarget {
  const mark = url.indexOf('?');
  return mark === -1 ? { path: url, search: '' } : { path: url.slice(0, mark), search: url.slice(mark + 1) };
}
