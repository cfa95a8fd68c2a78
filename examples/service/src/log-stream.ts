import { inspect } from 'node:util';

/** Creates the stream for the lines of pino. Redacts secrets; writes plain text if `isTerminal`, otherwise JSON. */
export function createLogStream(write: (text: string) => void, isTerminal: boolean): { write(line: string): void } {
  return {
    write(line) {
      const clean = redactSecrets(line);
      write(isTerminal ? toPlainText(clean) : clean);
    },
  };
}

/** Members that pino redacts. The stream above also redacts secrets inside of texts. */
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
    // pino wrote this line, so it is an object with these members.
    const {
      level,
      time,
      msg,
      pid: _pid,
      hostname: _hostname,
      ...rest
    } = JSON.parse(line) as { level: number; time: number; msg?: string; pid?: number; hostname?: string };
    const members = Object.entries(rest).map(([name, value]) => {
      const text = typeof value === 'string' ? value : inspect(value, { breakLength: Infinity, depth: 4 });
      return ` ${name}=${text}`;
    });
    const clock = new Date(time).toISOString().slice(11, 19);
    return `${clock} ${(LEVELS[level] ?? '').padEnd(5)} ${msg ?? ''}${members.join('')}\n`;
  } catch {
    return line;
  }
}
