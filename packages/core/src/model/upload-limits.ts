/** The files of one bot. Telegram takes so many bytes of an uploaded file, and of a photo; the rest is ours. */
export const UPLOAD_LIMITS = {
  file: 50 * 1024 * 1024,
  photo: 10 * 1024 * 1024,
  /** Bytes of all files of a bot, unless the host says otherwise. */
  quota: 500 * 1024 * 1024,
  uploads: 1_000,
  name: 128,
} as const;
