/** A phrase of bad style, and its replacement. */
export interface Tic {
  /** Matches the phrase; global, so that one line may hold several. */
  pattern: RegExp;
  /** The suggested replacement. */
  write: string;
  /** `comments`: only in comments of code; `prose`: in comments, texts in code, and Markdown. */
  where: 'comments' | 'prose';
}

/**
 * Phrases that earlier texts of this repository used instead of the field's standard terms.
 *
 * Add a row when reviews meet the same phrase again and again. The list is short on purpose: it replaces no reader.
 */
export const TICS: readonly Tic[] = [
  {
    pattern: /(?<=^\s*(?:\/\*\*|\/\/|\*)\s+|^)(?:What|Whether|Who|How)\b(?![^.]*\?)/g,
    write: 'name the thing first: "Deduplicates updates", "Retry delay", "True if …"',
    where: 'comments',
  },
  { pattern: /\bRaises [A-Z]+_[A-Z_]+/g, write: '`@throws CODE - when …`', where: 'prose' },
  { pattern: /\braises\b(?! [A-Z]+_)/gi, write: '"throws" for errors, "increments" for counters', where: 'prose' },
  { pattern: /\bstands\b(?! for\b)/gi, write: '"is", "is written", "is stored"', where: 'prose' },
  { pattern: /\bgives\b(?! up\b)/gi, write: '"returns", "sends", "provides", "sets"', where: 'prose' },
  { pattern: /\bgave\b(?! up\b)/gi, write: '"returned", "sent", "provided"', where: 'prose' },
  {
    pattern: /\b(?:nobody|somebody|whoever|anybody)\b/gi,
    write: 'the actor: "no instance", "a caller", "the user who …"',
    where: 'prose',
  },
  { pattern: /\b(?:is|are|was|were) none\b/gi, write: '"is not a valid …", "is missing"', where: 'prose' },
  { pattern: /\bthere (?:is|are) not\b/gi, write: '"does not exist"', where: 'prose' },
  { pattern: /\b(?:tell|tells|told) of\b/gi, write: '"reports", "announces"', where: 'prose' },
  { pattern: /\bjust now\b/gi, write: '"at the moment", "currently", or nothing', where: 'prose' },
  { pattern: /\bof (?:its|their|our|your) own\b/gi, write: '"its own …", "separate"', where: 'prose' },
  { pattern: /\bgo(?:es)? on\b/gi, write: '"continues"', where: 'prose' },
  { pattern: /\bas what\b/gi, write: 'name it: "the type", "the role"', where: 'prose' },
  { pattern: /\bby (?:itself|themselves)\b/gi, write: '"automatically", or nothing', where: 'prose' },
  { pattern: /\bwhat is\b(?![^.]*\?)/gi, write: 'name the thing: "the unsent messages"', where: 'prose' },
];
