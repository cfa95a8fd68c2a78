/** A recipe of CONTRIBUTING.md, and its example in the sources. */
export interface Recipe {
  /** Heading of the recipe. */
  title: string;
  /** Values of the recipe's placeholders for its example. */
  values: Readonly<Record<string, string>>;
  /** Matches the files that mention the example: the recipe must name all of them. */
  mention: RegExp;
  /** Files that mention the example without being part of the recipe. */
  except?: RegExp;
}

/** The recipes that name files. The test beside this file compares them with the sources. */
export const RECIPES: readonly Recipe[] = [
  {
    title: 'A step kind',
    values: { KIND: 'untag' },
    mention: /'untag'|\buntag\b:|\buntag(-step)?\.ts|\b(?:untag|Untag)Step/,
  },
  {
    title: 'An input of a question',
    values: { INPUT: 'email' },
    mention: /'email'|\bemail:|\/email\.ts/,
    except: /^packages\/fake-telegram\//, // formatting of email addresses
  },
  { title: 'A trigger', values: { TRIGGER: 'first_contact' }, mention: /\bfirst_contact\b/ },
  {
    title: 'A job kind',
    values: { 'JOB-FILE': 'purge-bot' },
    mention: /'purge_bot'|\bpurge_bot:|\bpurgeBot\b|\bpurge-bot\.ts/,
  },
  {
    title: 'An endpoint',
    values: { GROUP: 'answers', 'USE-CASE': 'list-answers' },
    mention: /\blistAnswers\b|\blist-answers\.ts|\bListAnswersInput\b|\banswers\.list\b/,
  },
  { title: 'A storage verb', values: {}, mention: /\bfailBlocked\b/ },
  {
    title: 'A migration',
    values: { MIGRATION: '0002-session-summary' },
    mention: /\bsessionSummary\b|\b0002-session-summary\b/,
  },
  { title: 'A setting of the service', values: {}, mention: /\bLOG_LEVEL\b/ },
  { title: 'An update kind', values: {}, mention: /\bedited_channel_post\b/, except: /^packages\/fake-telegram\// },
];
