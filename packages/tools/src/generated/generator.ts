/** A folder that contains only files of one module of generators: any other file in it is outdated. */
export type GeneratedFolder = string;

/** Generates one committed file from the sources. */
export interface Generator {
  /** Path of the file, relative to the workspace's root, with slashes. */
  path: string;
  /** Returns the whole text of the file: the same text for the same sources. */
  generate: () => string | Promise<string>;
}
