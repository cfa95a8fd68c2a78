/** The files of one bot. Telegram takes 50 MB of an uploaded file, with all that goes with it, and 10 MB of a photo; the rest is ours. */
export const UPLOAD_LIMITS = {
  file: 50_000_000,
  photo: 10 * 1024 * 1024,
  /** Bytes of all files of a bot, unless the host says otherwise. */
  quota: 500 * 1024 * 1024,
  uploads: 1_000,
  name: 128,
} as const;
