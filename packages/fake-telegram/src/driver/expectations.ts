import type { Room } from '../state/bot-state.ts';
import type { PersonState } from '../state/person-state.ts';
import type { RoomEvent } from '../state/room-event.ts';
import type { Message } from '../telegram-objects.ts';
import type { ChatDeps } from './chat-deps.ts';
import { expectationFailure } from './expectation-failure.ts';
import { describeExpected, matches, matchesText, type Expected } from './expectation.ts';
import { describeMessage } from './transcript.ts';
import { waitForEvent } from './wait-for-event.ts';

/** Options of an expectation. */
export interface ExpectOptions {
  /** Milliseconds to wait; the fake's `expectTimeout` by default. */
  timeout?: number;
  /** True to skip replies that do not match, instead of failing at the first one. */
  skip?: boolean;
}

/** The expectations of a person in one chat. Each event of a bot is expected once. */
export interface Expectations {
  /** Waits for the next message of a bot and checks it. Each message is expected once. */
  expectReply(expected?: Expected, options?: ExpectOptions): Promise<Message>;
  /** Waits until a bot edits a message, and checks the new version. */
  expectEdit(expected?: Expected, options?: ExpectOptions): Promise<Message>;
  /** Waits for the answer to a button press and checks its text. */
  expectAnswer(expected?: string | RegExp, options?: ExpectOptions): Promise<string>;
  /**
   * Waits until the fake is idle and checks that every message of the bots was expected.
   *
   * @throws ExpectationError - when a bot has sent a message that the test has not expected yet
   */
  expectNoReply(): Promise<void>;
}

/** Positions in the events of the room, per kind: earlier events have already been expected. */
interface Cursors {
  message: number;
  edit: number;
  answer: number;
}

/** Creates the expectations of a person in a room. */
export function createExpectations(deps: ChatDeps, room: Room, person: PersonState): Expectations {
  const cursors: Cursors = { message: 0, edit: 0, answer: 0 };
  const name = person.user.first_name;

  /** Returns the next accepted event of a bot after the cursor, and moves the cursor behind it. */
  function next<K extends keyof Cursors>(kind: K, accept: (event: EventOf<K>) => boolean): EventOf<K> | undefined {
    for (let index = cursors[kind]; index < room.events.length; index += 1) {
      const event = room.events[index];
      if (!event || !deps.world.botsById.has(event.from) || !isKind(event, kind) || !accept(event)) continue;
      cursors[kind] = index + 1;
      return event;
    }
    return undefined;
  }

  async function expectMessage(
    kind: 'message' | 'edit',
    expected: Expected | undefined,
    { timeout = deps.expectTimeout, skip = false }: ExpectOptions,
  ): Promise<Message> {
    const accept = (event: { message: Message }): boolean =>
      !skip || expected === undefined || matches(event.message, expected);
    const event = await waitForEvent(room, timeout, () => next(kind, accept));
    const wanted = `${name} expected the ${kind === 'message' ? 'reply' : 'edit'} ${describeExpected(expected)}`;
    if (!event) throw expectationFailure(deps, room, `${wanted}, but received none`, true);
    if (expected !== undefined && !matches(event.message, expected)) {
      const received = JSON.stringify(describeMessage(event.message));
      throw expectationFailure(deps, room, `${wanted}, but the next was ${received}`);
    }
    return event.message;
  }

  return {
    expectReply: (expected, options = {}) => expectMessage('message', expected, options),
    expectEdit: (expected, options = {}) => expectMessage('edit', expected, options),
    async expectAnswer(expected, options = {}) {
      const timeout = options.timeout ?? deps.expectTimeout;
      const event = await waitForEvent(room, timeout, () => next('answer', (answer) => answer.to === person.user.id));
      const wanted = `${name} expected the answer ${describeExpected(expected)} to a button press`;
      if (!event) throw expectationFailure(deps, room, `${wanted}, but received none`, true);
      if (expected !== undefined && !matchesText(event.text, expected)) {
        throw expectationFailure(deps, room, `${wanted}, but it was ${JSON.stringify(event.text)}`);
      }
      return event.text;
    },
    async expectNoReply() {
      await deps.idle();
      const event = next('message', () => true);
      if (!event) return;
      const received = JSON.stringify(describeMessage(event.message));
      throw expectationFailure(deps, room, `${name} expected no reply, but got ${received}`);
    },
  };
}

type EventOf<K extends RoomEvent['kind']> = Extract<RoomEvent, { kind: K }>;

function isKind<K extends RoomEvent['kind']>(event: RoomEvent, kind: K): event is EventOf<K> {
  return event.kind === kind;
}
