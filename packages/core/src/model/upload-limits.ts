/**
 * Limits of the files of one bot, in bytes unless specified otherwise. Telegram accepts requests of up to 50 MB with a
 * file and photos of up to 10 MB (https://core.telegram.org/bots/api#sending-files); the other limits are Botloom's.
 */
export const UPLOAD_LIMITS = {
  file: 50_000_000,
  photo: 10 * 1024 * 1024,
  /** All files of a bot together; the default of the option `uploadQuota`. */
  quota: 500 * 1024 * 1024,
  /** Number of files. */
  uploads: 1_000,
  /** Characters of a file name. */
  name: 128,
} as const;
