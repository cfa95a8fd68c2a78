import type {} from 'vitest';

/** Path of the browser of the run, and of the libraries and fonts that it needs. */
export interface ChromiumLocation {
  executable_path: string;
  env: Record<string, string>;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of an administrator of the run's PostgreSQL server; tests use `createTestDatabase()`. */
    postgresUrl: string;
    chromium: ChromiumLocation;
    /** Path of the bundled small service; see `small-service.global.ts`. */
    smallService: string;
  }
}
