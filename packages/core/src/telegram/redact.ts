const TOKEN_PATTERN = /\d{3,20}:[A-Za-z0-9_-]{30,}/g;
const BOT_PATH_PATTERN = /\/bot\d+:[^/\s"']+/g;
const REPLACEMENT = '<token>';

/**
 * Redacts everything that looks like a bot token in a text, and all occurrences of the given secrets.
 *
 * @param secrets - exact values of any format
 * @example
 * redact('GET https://api.telegram.org/bot123:AAE…/getMe'); // 'GET https://api.telegram.org/bot<token>/getMe'
 */
export function redact(text: string, ...secrets: readonly (string | null | undefined)[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret) clean = clean.replaceAll(secret, REPLACEMENT).replaceAll(encodeURIComponent(secret), REPLACEMENT);
  }
  return clean.replace(BOT_PATH_PATTERN, `/bot${REPLACEMENT}`).replace(TOKEN_PATTERN, REPLACEMENT);
}
