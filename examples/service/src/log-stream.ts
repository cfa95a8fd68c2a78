import { inspect } from 'node:util';

/** Where pino writes its lines: JSON as it comes, or a line for people; secrets that a text might hold are struck out. */
export function createLogStream(
  write: (text: string) => void,
  isHumanReadable: boolean,
): { write(line: string): void } {
  return {
    write(line) {
      const clean = redactSecrets(line);
      write(isHumanReadable ? toPlainText(clean) : clean);
    },
  };
}

/** Members that pino replaces, wherever the line has them. The stream above is the second net, for texts. */
export const REDACTED = [
  'token',
  'secret',
  'authorization',
  'headers.authorization',
  'headers["x-telegram-bot-api-secret-token"]',
  'req.headers.authorization',
  'req.headers["x-telegram-bot-api-secret-token"]',
];

/** Bot tokens (as in `/bot123:ABC/`) and generated API keys. */
const SECRET_PATTERN = /\b(?:bot)?\d{5,20}:[A-Za-z0-9_-]{30,}|\bbotloom_[0-9A-Za-z]{40,}/g;

function redactSecrets(text: string): string {
  return text.replace(SECRET_PATTERN, '[secret]');
}

const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

function toPlainText(line: string): string {
  try {
    // pino has just made it: an object with these members.
    const {
      level,
      time,
      msg,
      pid: _pid,
      hostname: _hostname,
      ...rest
    } = JSON.parse(line) as { level: number; time: number; msg?: string; pid?: number; hostname?: string };
    const members = Object.entries(rest).map(
      ([name, value]) =>
        ` ${name}=${typeof value === 'string' ? value : inspect(value, { breakLength: Infinity, depth: 4 })}`,
    );
    return `${new Date(time).toISOString().slice(11, 19)} ${(LEVELS[level] ?? '').padEnd(5)} ${msg ?? ''}${members.join('')}\n`;
  } catch {
    return line;
  }
}
