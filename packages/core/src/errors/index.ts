export { BotloomError, isBotloomError, type BotloomErrorOptions } from './botloom-error.ts';
export { errorMessage } from './error-message.ts';
export { ERROR_CODES, type ErrorCode, type ErrorDefinition } from './error-codes.ts';
export type { Problem } from './problem.ts';
export { formatProblems } from './format-problems.ts';
