/** A folder whose every file a module of generators makes: one that none of them makes is old. */
export type GeneratedFolder = string;

/** Makes one committed file from the sources. */
export interface Generator {
  /** The file, relative to the workspace's root, with slashes. */
  path: string;
  /** The file's whole text; the same text every time for the same sources. */
  generate: () => string | Promise<string>;
}
