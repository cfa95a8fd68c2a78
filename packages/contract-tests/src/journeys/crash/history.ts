import type { Delivery, RecordedCall } from '@botloom/fake-telegram';

/** All that a run left behind, as seen from Telegram: nothing of it is taken from our own database. */
export interface History {
  readonly calls: readonly RecordedCall[];
  readonly deliveries: readonly Delivery[];
  /** By chat: every text that must have been sent, once each, in this order. */
  readonly expected: ReadonlyMap<number, readonly string[]>;
  readonly kills: readonly Kill[];
  /**
   * How long before a kill Telegram may have accepted a message whose record died with the process: the time of one
   * write of results, with room for a busy machine. Milliseconds.
   */
  readonly recordingTime: number;
}

/** In milliseconds since 1970. */
export interface Kill {
  readonly at: number;
  /** When the next process was up: until then Telegram may read what the killed one had put on the wire. */
  readonly until: number;
  /** When a process that only stood still went on: the calls it had begun go out now, whoever has made them meanwhile. */
  readonly resumed_at?: number;
}

/** What the history says. Everything but `duplicates`, `updates`, `accepted` and `sent` must be empty. */
export interface HistoryReport {
  /** Updates that were acknowledged, each counted once. */
  readonly accepted: number;
  /** Texts that reached Telegram, each counted once. */
  readonly sent: number;
  /** Expected, and never sent. */
  readonly lost: readonly string[];
  /** Sent, and not expected: the state was wrong. */
  readonly wrong: readonly string[];
  /** First sent after a text that belongs behind it. */
  readonly reordered: readonly string[];
  /** Sent more than once, explained by a kill or an ambiguous answer. */
  readonly duplicates: number;
  /** Sent more than once for no such reason; with the times, counted from the first. */
  readonly unexplained: readonly string[];
}

/** Judges a run: per chat the texts that Telegram accepted, against those that had to come. */
export function checkHistory(history: History): HistoryReport {
  const chats = groupByChat(history.calls);
  const reports = [...history.expected].map(([chat, texts]) => checkChat(chat, texts, chats.get(chat) ?? [], history));
  const unexpectedChats = [...chats]
    .filter(([chat]) => !history.expected.has(chat))
    .flatMap(([chat, sent]) => sent.map(({ text }) => `${chat}: ${text}`));
  return {
    accepted: new Set(
      history.deliveries
        .filter(({ outcome }) => outcome === 'accepted')
        .map(({ bot, update_id }) => `${bot}:${update_id}`),
    ).size,
    sent: reports.reduce((sum, report) => sum + report.sent, 0),
    lost: reports.flatMap((report) => report.lost),
    wrong: [...reports.flatMap((report) => report.wrong), ...unexpectedChats],
    reordered: reports.flatMap((report) => report.reordered),
    duplicates: reports.reduce((sum, report) => sum + report.duplicates, 0),
    unexplained: reports.flatMap((report) => report.unexplained),
  };
}

/** How long a process takes to put on the wire what it had begun. Milliseconds. */
const RESUME_TIME_MS = 500;

function explains({ at, until, resumed_at }: Kill, first: number, again: number, recordingTime: number): boolean {
  if (first >= at - recordingTime && first <= until) return true;
  return resumed_at !== undefined && again >= resumed_at && again <= resumed_at + RESUME_TIME_MS;
}

interface Sent {
  readonly text: string;
  readonly at: number;
  /** Telegram did it, but said nothing. */
  readonly is_ambiguous: boolean;
}

function groupByChat(calls: readonly RecordedCall[]): Map<number, Sent[]> {
  const chats = new Map<number, Sent[]>();
  for (const { method, applied, parameters, at, fault } of calls) {
    if (method !== 'sendMessage' || !applied) continue;
    const chat = Number(parameters.chat_id);
    const sent = chats.get(chat) ?? [];
    sent.push({ text: String(parameters.text), at, is_ambiguous: fault?.startsWith('accepted_then') === true });
    chats.set(chat, sent);
  }
  return chats;
}

function checkChat(
  chat: number,
  expected: readonly string[],
  sent: readonly Sent[],
  { kills, recordingTime }: History,
): Omit<HistoryReport, 'accepted'> {
  const place = new Map(expected.map((text, index) => [text, index]));
  const last = new Map<string, Sent>();
  const wrong: string[] = [];
  const reordered: string[] = [];
  const unexplained: string[] = [];
  let duplicates = 0;
  let furthest = -1;
  for (const message of sent) {
    const index = place.get(message.text);
    const before = last.get(message.text);
    last.set(message.text, message);
    const name = `${chat}: ${message.text}`;
    if (index === undefined) wrong.push(name);
    else if (before === undefined) {
      if (index < furthest) reordered.push(name);
      furthest = Math.max(furthest, index);
    } else if (before.is_ambiguous || kills.some((kill) => explains(kill, before.at, message.at, recordingTime)))
      duplicates += 1;
    else
      unexplained.push(
        `${name} (again ${message.at - before.at} ms later; kills at ${kills.map(({ at, until }) => `${at - before.at}–${until - before.at}`).join(', ') || 'no time'} ms)`,
      );
  }
  const lost = expected.filter((text) => !last.has(text)).map((text) => `${chat}: ${text}`);
  return { sent: last.size - new Set(wrong).size, lost, wrong, reordered, duplicates, unexplained };
}
