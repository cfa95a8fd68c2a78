import type { Room } from '../state/bot-state.ts';
import { react } from '../state/membership.ts';
import type { PersonState } from '../state/person-state.ts';
import { pressButton } from '../state/press-button.ts';
import type { RoomEvent } from '../state/room-event.ts';
import { emit, pushUpdate, receiveFromPerson } from '../state/rooms.ts';
import { unixTime } from '../state/world.ts';
import type { CallbackQuery, Contact, JsonObject, Location, Message } from '../telegram-objects.ts';
import type { ChatDeps } from './chat-deps.ts';
import { expectationFailure } from './expectation-failure.ts';
import { describeExpected, matches, matchesText, type Expected } from './expectation.ts';
import { findButton } from './find-button.ts';
import { expectPaymentRefusal, pay, type PayOptions } from './pay.ts';
import {
  contactContent,
  documentContent,
  photoContent,
  textContent,
  videoContent,
  voiceContent,
  type DocumentToSend,
  type PhotoToSend,
  type VideoToSend,
} from './person-content.ts';
import { describeMessage, transcript } from './transcript.ts';
import { waitForEvent } from './wait-for-event.ts';

/** How long to wait, and for what. */
export interface ExpectOptions {
  /** Milliseconds; 5000, or what the fake was started with. */
  timeout?: number;
  /** Pass over replies that are not what is expected, instead of failing at the first. */
  skip?: boolean;
}

/** One person in one chat. */
export interface PersonChat {
  readonly chat_id: number;
  /** Writes a text message. Answers it as the bot will see it. */
  send(text: string, options?: { reply_to?: Message }): Promise<Message>;
  /** Sends a picture; one is made up if none is given. */
  sendPhoto(photo?: PhotoToSend): Promise<Message>;
  /** Sends pictures (2 if not said) as one album: a message each, one right after the other. */
  sendAlbum(photos?: readonly PhotoToSend[]): Promise<Message[]>;
  sendDocument(document?: DocumentToSend): Promise<Message>;
  /** Sends a video; bytes are made up if none are given, here and for a voice message. */
  sendVideo(video?: VideoToSend): Promise<Message>;
  sendVoice(bytes?: Uint8Array): Promise<Message>;
  /** Sends the person's own contact, or another. */
  sendContact(contact?: Contact): Promise<Message>;
  sendLocation(location?: Location): Promise<Message>;
  /** Sends a message with any fields of Telegram's `Message`, for kinds that have no method here. */
  sendContent(content: JsonObject): Promise<Message>;
  /** Changes a message the person has written. */
  edit(message: Message, text: string): Promise<Message>;
  /**
   * Presses a button: an inline button of the bot's last message (or of `on`), or a key of the open reply keyboard,
   * which sends its text, or the contact or location that it asks for. Throws an `ExpectationError` that lists the buttons when there is none of this name.
   */
  press(label: string, options?: { on?: Message }): Promise<CallbackQuery | Message>;
  /** Puts a reaction on the bot's last message (or `on`), or with null takes it away. */
  react(emoji: string | null, options?: { on?: Message }): void;
  /**
   * Pays an invoice as Telegram does: the bot is asked (`pre_checkout_query`), must say yes within 10 seconds, and gets
   * `successful_payment`, the message that this answers. Throws an `ExpectationError` when the bot does not say yes.
   */
  pay(options?: PayOptions): Promise<Message>;
  /** Presses Pay and expects the bot to refuse the payment; answers its words. */
  expectPaymentRefused(expected?: string | RegExp, options?: { on?: Message }): Promise<string>;
  /** Waits for the next message of a bot and checks it; each message is expected once. */
  expectReply(expected?: Expected, options?: ExpectOptions): Promise<Message>;
  /** Waits for the next change of a message by a bot and checks it. */
  expectEdit(expected?: Expected, options?: ExpectOptions): Promise<Message>;
  /** Waits for the answer to a press and checks its text. */
  expectAnswer(expected?: string | RegExp, options?: ExpectOptions): Promise<string>;
  /** Waits until the fake is idle and throws when a bot has written something nobody has expected yet. */
  expectNoReply(): Promise<void>;
  /** The newest message of a bot. */
  readonly last_reply: Message | undefined;
  /** What was said, a line an event. */
  transcript(): string;
}

/** Places in the events of the room up to which this person has expected things. */
interface Cursors {
  message: number;
  edit: number;
  answer: number;
}

/** Gives a person a voice in a room. */
export function createPersonChat(deps: ChatDeps, room: Room, person: PersonState): PersonChat {
  const { world } = deps;
  const cursors: Cursors = { message: 0, edit: 0, answer: 0 };
  const name = person.user.first_name;

  async function receive(content: JsonObject): Promise<Message> {
    return await Promise.resolve(receiveFromPerson(world, room, person, content).message);
  }

  function isBot(id: number): boolean {
    return world.botsById.has(id);
  }

  function lastReply(): Message | undefined {
    const event = room.events.findLast((candidate) => isKind(candidate, 'message') && isBot(candidate.from));
    return event && isKind(event, 'message') ? event.message : undefined;
  }

  /** The next event of a kind made by a bot, from the cursor on, that passes the test. */
  function next<K extends keyof Cursors>(kind: K, accept: (event: EventOf<K>) => boolean): EventOf<K> | undefined {
    for (let index = cursors[kind]; index < room.events.length; index += 1) {
      const event = room.events[index];
      if (!event || !isBot(event.from) || !isKind(event, kind) || !accept(event)) continue;
      cursors[kind] = index + 1;
      return event;
    }
    return undefined;
  }

  async function expectMessage(kind: 'message' | 'edit', expected: Expected | undefined, options: ExpectOptions) {
    const what = kind === 'message' ? 'reply' : 'edit';
    const accept = (event: { message: Message }) =>
      options.skip !== true || expected === undefined || matches(event.message, expected);
    const event = await waitForEvent(room, options.timeout ?? deps.expectTimeout, () => next(kind, accept));
    if (!event) {
      throw expectationFailure(
        deps,
        room,
        `${name} expected the ${what} ${describeExpected(expected)}, but none came`,
        true,
      );
    }
    if (expected !== undefined && !matches(event.message, expected)) {
      const received = JSON.stringify(describeMessage(event.message));
      throw expectationFailure(
        deps,
        room,
        `${name} expected the ${what} ${describeExpected(expected)}, but the next was ${received}`,
      );
    }
    return event.message;
  }

  return {
    chat_id: room.chat.id,
    send: (text, options = {}) => receive(textContent(text, options.reply_to)),
    sendPhoto: (photo = {}) => receive(photoContent(world, room, photo)),
    sendAlbum: async (photos = [{}, {}]) => {
      const media_group_id = String(world.nextId('callback'));
      return await Promise.all(photos.map((photo) => receive({ ...photoContent(world, room, photo), media_group_id })));
    },
    sendDocument: (document = {}) => receive(documentContent(world, room, document)),
    sendVideo: (video = {}) => receive(videoContent(world, room, video)),
    sendVoice: (bytes) => receive(voiceContent(world, room, bytes)),
    sendContact: (contact) => receive(contactContent(person, contact)),
    sendLocation: (location = { latitude: 52.52, longitude: 13.405 }) => receive({ location }),
    sendContent: receive,
    async edit(message, text) {
      const edited: Message = { ...message, ...textContent(text), edit_date: unixTime(world) };
      room.messages.set(message.message_id, edited);
      emit(world, room, { kind: 'edit', from: person.user.id, message: edited });
      for (const bot of room.bots) pushUpdate(world, bot, 'edited_message', edited);
      return await Promise.resolve(edited);
    },
    async press(label, options = {}) {
      const found = findButton(world, room, label, options.on);
      if (found.kind === 'missing')
        throw expectationFailure(deps, room, `${name} can't press [${label}]: ${found.reason}`);
      if (found.kind === 'key') return await receive(found.content(person));
      const query = pressButton(world, room, person, found.message, found.button);
      if (!query)
        throw expectationFailure(deps, room, `${name} can't press [${label}]: no bot stands behind this message`);
      return query;
    },
    pay: (options = {}) => pay(deps, room, person, options),
    expectPaymentRefused: (expected, options = {}) => expectPaymentRefusal(deps, room, person, expected, options.on),
    expectReply: (expected, options = {}) => expectMessage('message', expected, options),
    expectEdit: (expected, options = {}) => expectMessage('edit', expected, options),
    async expectAnswer(expected, options = {}) {
      const timeout = options.timeout ?? deps.expectTimeout;
      const event = await waitForEvent(room, timeout, () => next('answer', (answer) => answer.to === person.user.id));
      const wanted = `${name} expected the answer ${describeExpected(expected)} to a press`;
      if (!event) throw expectationFailure(deps, room, `${wanted}, but none came`, true);
      if (expected !== undefined && !matchesText(event.text, expected)) {
        throw expectationFailure(deps, room, `${wanted}, but it was ${JSON.stringify(event.text)}`);
      }
      return event.text;
    },
    async expectNoReply() {
      await deps.idle();
      const event = next('message', () => true);
      if (event) {
        throw expectationFailure(
          deps,
          room,
          `${name} expected no reply, but got ${JSON.stringify(describeMessage(event.message))}`,
        );
      }
    },
    react(emoji, options = {}) {
      const message = options.on ?? lastReply();
      if (!message) throw new Error(`There is no message for ${name} to react to`);
      react(world, room, person, message.message_id, emoji);
    },
    get last_reply() {
      return lastReply();
    },
    transcript: () => transcript(world, room),
  };
}

type EventOf<K extends RoomEvent['kind']> = Extract<RoomEvent, { kind: K }>;

function isKind<K extends RoomEvent['kind']>(event: RoomEvent, kind: K): event is EventOf<K> {
  return event.kind === kind;
}
