/** What templates see besides the variables, and the members of each. Variables cannot take these names. */
export const NAMESPACES = {
  user: [
    'id',
    'chat_id',
    'username',
    'first_name',
    'last_name',
    'full_name',
    'language',
    'phone',
    'tags',
    'attributes',
  ],
  bot: ['id', 'name', 'username'],
  message: ['text'],
  event: ['kind', 'command', 'args', 'name', 'data', 'payment', 'chat_title', 'emoji', 'invite_link', 'bio'],
  /** Reserved: nothing is in it yet. */
  session: [],
  /** Their places are taken out of requests before templates are read: in templates they are nothing. */
  secrets: [],
} as const satisfies Record<string, readonly string[]>;

export type Namespace = keyof typeof NAMESPACES;

/** Members whose own members are free: whatever the host put there. */
export const OPEN_MEMBERS: ReadonlySet<string> = new Set(['user.attributes', 'event.data']);

/** Words of the template language, which a variable of that name could never be read by. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'contains',
  'true',
  'false',
  'nil',
  'null',
  'empty',
  'blank',
]);

/** Keys by which JavaScript objects are poisoned; no document, step or variable may use them. */
export const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Why a variable cannot have this name; null when it can. */
export function nameProblem(name: string): string | null {
  if (isNamespace(name)) return `"${name}" is what templates call ${describeNamespace(name)}`;
  if (KEYWORDS.has(name)) return `"${name}" is a word of the template language`;
  if (FORBIDDEN_KEYS.has(name)) return `"${name}" is not allowed as a name`;
  return null;
}

export function isNamespace(name: string): name is Namespace {
  return Object.hasOwn(NAMESPACES, name);
}

function describeNamespace(name: Namespace): string {
  const descriptions: Record<Namespace, string> = {
    user: 'the person',
    bot: 'the bot',
    message: 'the message that came',
    event: 'what happened',
    session: 'the session',
    secrets: 'the secrets of the bot',
  };
  return descriptions[name];
}

/** What a variable may be called, if nothing else is. */
export const VARIABLE_PATTERN = /^(?=.{1,64}$)[\p{L}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?$/u;

/** Whether a variable can have this name. */
export function isVariableName(name: string): boolean {
  return nameProblem(name) === null;
}
