/**
 * Interface of a logger, compatible with pino, so that a host can pass its own. Botloom never logs a token, a secret or
 * the text of a message.
 */
export interface Logger {
  debug(data: object, message: string): void;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
