/**
 * The shape of pino's logger, so that a host hands over its own. Botloom never logs a token, a secret or a message's
 * text.
 */
export interface Logger {
  debug(data: object, message: string): void;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
