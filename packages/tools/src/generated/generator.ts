/** A folder that contains only files of one module of generators: any other file in it is outdated. */
export type GeneratedFolder = string;

/** Generates one committed file, or a marked region of one, from the sources. */
export interface Generator {
  /** Path of the file, relative to the workspace's root, with slashes. */
  path: string;
  /**
   * Name of a region in a file that is otherwise written by hand. The region lies between the lines
   * `<!-- generated: NAME -->` and `<!-- end of generated: NAME -->`. Without a name, the whole file is generated.
   */
  region?: string;
  /** Returns the text of the file or region: the same text for the same sources. */
  generate: () => string | Promise<string>;
}
