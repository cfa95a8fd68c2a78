import type { BotSummary } from '../chat-window/protocol.ts';
import type { Message } from '../telegram-objects.ts';
import { byId, element, paintAvatar } from './elements.ts';
import { isMine, messageView, type MessageActions } from './message-view.ts';

/** The messages of the open chat, and the notices between them. */
export interface Thread {
  /** Replaces everything by the messages of a chat and scrolls to the newest one. */
  reset(messages: readonly Message[]): void;
  append(message: Message): void;
  replace(message: Message): void;
  remove(messageId: number): void;
  /** Adds a line that is not a message. */
  appendNotice(text: string): void;
  /** Shows that the bot is busy, for 5 seconds or until it sends a message. */
  showTyping(): void;
  /** Ends the waiting state of all pressed buttons. */
  endBusy(): void;
  /** Shows the greeting of a bot, or only its Start button, while the chat has no messages. */
  showWelcome(): void;
  /** Shows how to create a bot. */
  showNoBots(): void;
  /** Scrolls to the newest message, unless the person has scrolled up. */
  follow(): void;
}

/** Settings of a thread. */
export interface ThreadOptions {
  actions: Omit<MessageActions, 'botId'>;
  bot: () => BotSummary | undefined;
  /** The bot's own description, for a chat without messages. */
  about: () => string;
}

/** Milliseconds until a pressed button stops spinning if the bot does not answer. */
const BUSY_TIMEOUT_MS = 15_000;
const TYPING_TIMEOUT_MS = 5000;

/** Connects the thread to its elements. */
export function createThread({ actions, bot, about }: ThreadOptions): Thread {
  const list = byId('thread');
  const scroll = createScroll(list);
  let typingTimer: ReturnType<typeof setTimeout> | undefined;

  const find = (messageId: number): Element | null => list.querySelector(`[data-id='${messageId}']`);

  function view(message: Message): HTMLElement {
    return messageView(message, {
      ...actions,
      botId: bot()?.id ?? 0,
      onPress(messageId, row, column) {
        actions.onPress(messageId, row, column);
        limitBusy(messageId);
      },
      onPay(messageId) {
        actions.onPay(messageId);
        limitBusy(messageId);
      },
    });
  }

  function limitBusy(messageId: number): void {
    setTimeout(() => find(messageId)?.querySelector('[aria-busy]')?.removeAttribute('aria-busy'), BUSY_TIMEOUT_MS);
  }

  function add(message: Message): void {
    list.querySelector('.welcome')?.remove();
    list.append(view(message));
    groupMessages(list);
  }

  function stopTyping(): void {
    clearTimeout(typingTimer);
    document.getElementById('typing')?.remove();
  }

  function showWelcome(): void {
    const current = bot();
    const isEmpty = !list.querySelector('.message');
    byId('start').hidden = !isEmpty || !current;
    byId('composer').hidden = isEmpty;
    list.querySelector('.welcome')?.remove();
    if (isEmpty && current) list.append(welcome(current, about()));
  }

  return {
    reset(messages) {
      list.replaceChildren();
      for (const message of messages) add(message);
      showWelcome();
      scroll.toEnd('instant');
    },
    append(message) {
      stopTyping();
      add(message);
      showWelcome();
      if (isMine(message)) scroll.resume();
      scroll.showJump();
    },
    replace(message) {
      find(message.message_id)?.replaceWith(view(message));
      groupMessages(list);
    },
    remove(messageId) {
      find(messageId)?.remove();
      groupMessages(list);
      showWelcome();
    },
    appendNotice: (text) => list.append(element('div', { class: 'notice' }, text)),
    showTyping() {
      stopTyping();
      const dots = element('div', { class: 'bubble typing' }, element('i'), element('i'), element('i'));
      list.append(element('div', { class: 'message', id: 'typing', 'aria-label': 'The bot is busy' }, dots));
      typingTimer = setTimeout(stopTyping, TYPING_TIMEOUT_MS);
    },
    endBusy() {
      for (const busy of list.querySelectorAll('[aria-busy]')) busy.removeAttribute('aria-busy');
    },
    showWelcome,
    showNoBots: () => list.replaceChildren(noBots()),
    follow: () => scroll.follow(),
  };
}

/** Marks messages that follow one of the same sender, so that they are drawn closer together. */
function groupMessages(list: HTMLElement): void {
  let isPreviousMine: boolean | undefined;
  for (const shown of list.children) {
    const isMessage = shown.classList.contains('message');
    const isOwn = shown.classList.contains('mine');
    shown.classList.toggle('follows', isMessage && isOwn === isPreviousMine);
    isPreviousMine = isMessage ? isOwn : undefined;
  }
}

function welcome(bot: BotSummary, about: string): HTMLElement {
  const avatar = element('span', { class: 'avatar large', 'aria-hidden': 'true' });
  paintAvatar(avatar, bot.first_name);
  const name = element('h2', {}, bot.first_name);
  return element('section', { class: 'welcome' }, avatar, name, element('p', {}, about || `@${bot.username}`));
}

function noBots(): HTMLElement {
  return element(
    'section',
    { class: 'welcome' },
    element('h2', {}, 'No bots yet'),
    element('p', {}, 'Create one in your program:'),
    element('code', {}, "telegram.createBot({ username: 'demo_bot' })"),
  );
}

/** Keeps the newest message visible until the person scrolls up. */
function createScroll(list: HTMLElement): {
  toEnd(behavior: ScrollBehavior): void;
  follow(): void;
  resume(): void;
  showJump(): void;
} {
  const scroller = byId('messages');
  const jump = byId('jump');
  let isFollowing = true;
  let lastScrollTop = 0;

  const scrollToEnd = (behavior: ScrollBehavior): void => {
    scroller.scrollTo({ top: scroller.scrollHeight, behavior });
  };
  const isAtEnd = (): boolean => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;

  jump.addEventListener('click', () => scrollToEnd('smooth'));
  scroller.addEventListener('scroll', () => {
    if (isAtEnd()) isFollowing = true;
    else if (scroller.scrollTop < lastScrollTop) isFollowing = false;
    lastScrollTop = scroller.scrollTop;
    if (isFollowing) jump.hidden = true;
  });
  // Opened keyboards and loaded pictures change the height.
  const resized = new ResizeObserver(() => {
    if (isFollowing) scrollToEnd('instant');
  });
  resized.observe(scroller);
  resized.observe(list);

  return {
    toEnd(behavior) {
      isFollowing = true;
      scrollToEnd(behavior);
    },
    follow() {
      if (isFollowing) scrollToEnd('smooth');
    },
    resume: () => void (isFollowing = true),
    showJump: () => void (jump.hidden = isFollowing),
  };
}
