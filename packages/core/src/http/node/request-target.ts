/** The parts of a request target. */
export interface RequestTarget {
  readonly path: string;
  /** Without the question mark. */
  readonly search: string;
}

/** Splits `/path?query` of a request line. */
export function splitTarget(url: string): RequestTarget {
  const mark = url.indexOf('?');
  return mark === -1 ? { path: url, search: '' } : { path: url.slice(0, mark), search: url.slice(mark + 1) };
}
