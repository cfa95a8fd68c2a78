import type {} from 'vitest';

/** Where the browser of the run is, and the libraries and fonts it needs beside it. */
export interface ChromiumLocation {
  executable_path: string;
  env: Record<string, string>;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Administrator's URL of the run's PostgreSQL server; tests use `createTestDatabase()`. */
    postgresUrl: string;
    chromium: ChromiumLocation;
    /** Path of the bundled small service; see `small-service.global.ts`. */
    smallService: string;
  }
}
