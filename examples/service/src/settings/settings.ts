import type { Environment } from './environment.ts';

export type Mode = NonNullable<Environment['BOTLOOM_MODE']>;

export type DatabaseSetting =
  { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

/** The validated configuration of the service. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly mode: Mode;
  readonly database: DatabaseSetting;
  /** True if `DATABASE_URL` is set. Otherwise the mode selects the database. */
  readonly isDatabaseGiven: boolean;
  readonly publicUrl: string | null;
  /** Empty: a key is created and stored next to the database file. */
  readonly secrets: readonly string[];
  readonly apiKey: string | null;
  readonly botToken: string | null;
  /** URL of a self-hosted Bot API server; null: Telegram's. */
  readonly apiRoot: string | null;
  readonly logLevel: Environment['LOG_LEVEL'];
}
