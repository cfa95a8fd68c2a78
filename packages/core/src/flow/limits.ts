import { DAY_MS } from '../model/index.ts';

/**
 * Limits of a flow document: those of Telegram, and our own, which keep one document from slowing down the others.
 * Texts are counted in UTF-16 units, as in JavaScript. That never allows more than Telegram does.
 */
export const FLOW_LIMITS = {
  /** Telegram: characters of the payload of a link to a bot. */
  payload: 64,
  /** Ours: arguments of a command. */
  arguments: 10,
  /** Telegram: characters of a message. */
  text: 4096,
  /** Telegram: characters of the caption of a photo, a video, … */
  caption: 1024,
  /** Telegram: characters of a poll's question, of each of its options, of a quiz's explanation. */
  pollQuestion: 300,
  pollOption: 100,
  pollExplanation: 200,
  /** Telegram: characters of an invoice's title and description; ours: of the label of a price. */
  invoiceTitle: 32,
  invoiceDescription: 255,
  priceLabel: 100,
  /** Ours: prices of an invoice. */
  prices: 20,
  /** Telegram: characters that a button copies. */
  copyText: 256,
  /** Telegram: keys of a reply keyboard, and of one row of it. */
  keys: 300,
  keysInRow: 12,
  /** Telegram: bytes (UTF-8) of a button's callback data. */
  callbackData: 64,
  /** Telegram: characters of the notice after a press. */
  callbackAnswer: 200,
  /** Telegram: buttons of one keyboard, and of one row of it. */
  buttons: 100,
  buttonsInRow: 8,
  /** Telegram: commands of a bot's menu, and characters of a command's description. */
  menuCommands: 100,
  commandDescription: 256,
  /** Ours: characters of the document as JSON. */
  document: 1_000_000,
  /** Ours: levels of nesting of the document. */
  depth: 32,
  /** Ours: steps of a flow. */
  steps: 1000,
  /** Ours: options of a choice. */
  options: 500,
  /** Ours: words that skip or cancel a question. */
  words: 20,
  /** Ours: characters of a step's id or a variable's name. */
  name: 64,
  /** Ours: characters of a template's source, its logic included. */
  template: 8192,
  /** Ours: tags and outputs of one template, and maximum depth of its tags. */
  templateNodes: 500,
  templateDepth: 16,
  /** Ours: characters of a rendered template. A text that is longer than a message is split. */
  rendered: 100_000,
  /** Ours: characters of a pattern, and its size as RE2 counts it. */
  pattern: 1000,
  patternSize: 1000,
  /** Ours: patterns of a flow, because compiling one is slow. */
  patterns: 100,
  /** Ours: comparisons of one condition, and maximum depth of its groups. */
  conditionLeaves: 50,
  conditionDepth: 5,
  /** Ours: branches of a switch or a draw, and changes of one step. */
  branches: 50,
  /** Ours: triggers of a flow, words of a trigger, characters of a word. */
  triggers: 20,
  triggerWord: 100,
  /** Ours: items of a list that a flow creates. */
  list: 1000,
  /** Ours: longest wait of a step, in milliseconds. */
  longestWait: 366 * DAY_MS,
} as const;
