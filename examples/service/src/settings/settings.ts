import type { Environment } from './environment.ts';

export type Mode = NonNullable<Environment['BOTLOOM_MODE']>;

export type DatabaseSetting =
  { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

/** The service's configuration, checked and complete. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly mode: Mode;
  readonly database: DatabaseSetting;
  /** False: the mode chose the database. */
  readonly isDatabaseGiven: boolean;
  readonly publicUrl: string | null;
  /** Empty: one is made and kept beside the database file. */
  readonly secrets: readonly string[];
  readonly apiKey: string | null;
  readonly botToken: string | null;
  readonly telegramApiRoot: string | null;
  readonly logLevel: Environment['LOG_LEVEL'];
}
