import type { Delivery, RecordedCall } from '@botloom/fake-telegram';

/** Everything that a run left behind, as seen by Telegram. Nothing is read from Botloom's own database. */
export interface History {
  readonly calls: readonly RecordedCall[];
  readonly deliveries: readonly Delivery[];
  /** By chat: every text that must have been sent exactly once, in this order. */
  readonly expected: ReadonlyMap<number, readonly string[]>;
  readonly kills: readonly Kill[];
  /**
   * Maximum time in milliseconds between a send that Telegram accepted and a kill that loses its record: the duration
   * of one write of results, with a margin for a busy machine.
   */
  readonly recordingTime: number;
}

/** Times in milliseconds since 1970. */
export interface Kill {
  readonly at: number;
  /** Time when the next process was up. Until then Telegram may still receive requests of the killed process. */
  readonly until: number;
  /**
   * Time when a process that was only suspended continued. The calls that it had started are sent now, even if another
   * instance has sent them meanwhile.
   */
  readonly resumed_at?: number;
}

/** Result of the check. Everything except `duplicates`, `updates`, `accepted` and `sent` must be empty. */
export interface HistoryReport {
  /** Number of acknowledged updates, each counted once. */
  readonly accepted: number;
  /** Number of texts that reached Telegram, each counted once. */
  readonly sent: number;
  /** Expected, but never sent. */
  readonly lost: readonly string[];
  /** Sent, but not expected: the state was wrong. */
  readonly wrong: readonly string[];
  /** First sent after a text that must follow it. */
  readonly reordered: readonly string[];
  /** Sent more than once, explained by a kill or by a lost response. */
  readonly duplicates: number;
  /** Sent more than once without such a reason, with the times since the first send. */
  readonly unexplained: readonly string[];
}

/** Compares, for each chat, the texts that Telegram accepted with the expected ones. */
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

/** Maximum time in milliseconds until a request that a process has started is on the wire. */
const RESUME_TIME_MS = 500;

function explains({ at, until, resumed_at }: Kill, first: number, again: number, recordingTime: number): boolean {
  if (first >= at - recordingTime && first <= until) return true;
  return resumed_at !== undefined && again >= resumed_at && again <= resumed_at + RESUME_TIME_MS;
}

interface Sent {
  readonly text: string;
  readonly at: number;
  /** Telegram executed the call, but its response was lost. */
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
    else {
      const killTimes = kills.map(({ at, until }) => `${at - before.at}–${until - before.at}`).join(', ') || 'no time';
      unexplained.push(`${name} (again ${message.at - before.at} ms later; kills at ${killTimes} ms)`);
    }
  }
  const lost = expected.filter((text) => !last.has(text)).map((text) => `${chat}: ${text}`);
  return { sent: last.size - new Set(wrong).size, lost, wrong, reordered, duplicates, unexplained };
}
