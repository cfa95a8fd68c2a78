// @ts-check
import { fetchBots, openChat } from './connection.js';
import { askForName, placeMenu, showAlert, toast } from './dialogs.js';
import { byId, element, paintAvatar } from './elements.js';
import { messageView } from './message-view.js';
import { showReplyKeyboard } from './reply-keyboard.js';

/** @typedef {{ id: number, username: string, first_name: string }} Bot */

const app = byId('app');
const thread = byId('thread');
const scroller = byId('messages');
const text = /** @type {HTMLTextAreaElement} */ (byId('text'));
const sendButton = /** @type {HTMLButtonElement} */ (byId('send'));
const fileInput = /** @type {HTMLInputElement} */ (byId('file'));

/** @type {Bot[]} */
let bots = [];
/** @type {Bot | undefined} */
let bot;
let person = rememberedName();
/** @type {ReturnType<typeof openChat> | undefined} */
let chat;
let blocked = false;
/** What the bot says about itself, for a chat without messages. */
let about = '';
/** @type {{ command: string, description: string }[] | undefined} */
let shownCommands;
/** The newest message stays in sight until the person scrolls up. */
let following = true;
let lastScrollTop = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let typingTimer;

wire();
void begin();

async function begin() {
  bots = await fetchBots();
  const wanted = new URLSearchParams(location.hash.slice(1)).get('bot');
  showPerson();
  showBots();
  selectBot(bots.find((candidate) => candidate.username === wanted) ?? bots[0]);
}

/** @param {Bot | undefined} next */
function selectBot(next) {
  chat?.close();
  chat = undefined;
  bot = next;
  app.dataset.pane = next ? 'chat' : 'list';
  showBots();
  byId('composer').hidden = !next;
  byId('start').hidden = true;
  if (!next) {
    showNoBots();
    setTimeout(() => void begin(), 2000);
    return;
  }
  location.hash = new URLSearchParams({ bot: next.username }).toString();
  byId('bot-name').textContent = next.first_name;
  paintAvatar(byId('bot-avatar'), next.first_name);
  document.title = `${next.first_name} · Botloom chat window`;
  chat = openChat(next.id, person, { snapshot: onSnapshot, room: onRoomEvent, status: onStatus, away: onAway });
  if (matchMedia('(pointer: fine)').matches) text.focus();
}

/** @param {any} snapshot */
function onSnapshot(snapshot) {
  thread.replaceChildren();
  for (const message of snapshot.messages) append(message);
  onStatus(snapshot);
  showEmptiness();
  following = true;
  scrollToEnd(false);
}

/** @param {any} event */
function onRoomEvent(event) {
  if (event.kind === 'message') {
    stopTyping();
    append(event.message);
    showEmptiness();
    following ||= isMine(event.message);
    byId('jump').hidden = following;
  } else if (event.kind === 'edit') {
    const shown = thread.querySelector(`[data-id='${event.message.message_id}']`);
    shown?.replaceWith(view(event.message));
    group();
  } else if (event.kind === 'delete') {
    thread.querySelector(`[data-id='${event.message_id}']`)?.remove();
    group();
    showEmptiness();
  } else if (event.kind === 'answer') {
    for (const busy of thread.querySelectorAll('[aria-busy]')) busy.removeAttribute('aria-busy');
    if (event.text && event.show_alert) showAlert(bot?.first_name ?? '', event.text);
    else if (event.text) toast(event.text);
  } else if (event.kind === 'checkout_answer') {
    for (const busy of thread.querySelectorAll('[aria-busy]')) busy.removeAttribute('aria-busy');
    if (event.text) showAlert(bot?.first_name ?? '', event.text);
  } else if (event.kind === 'action') {
    showTyping();
  } else if (event.kind === 'block') {
    thread.append(
      element('div', { class: 'notice' }, event.blocked ? 'You blocked this bot' : 'You unblocked this bot'),
    );
  }
  if (following) scrollToEnd(true);
}

/** @param {any} data */
function onStatus(data) {
  blocked = data.blocked;
  byId('block-label').textContent = blocked ? 'Unblock this bot' : 'Block this bot';
  showReplyKeyboard(data.keyboard, (row, column) => void act({ kind: 'key', row, column }));
  const status = byId('status');
  status.dataset.state = data.status.state;
  status.textContent = statusText(data.status);
  const described = data.description || data.short_description;
  if (described !== about) {
    about = described;
    showEmptiness();
  }
  showCommands(data.commands);
  if (JSON.stringify(data.bots) !== JSON.stringify(bots)) {
    bots = data.bots;
    showBots();
  }
}

/** @param {{ state: string, pending: number, detail: string }} status */
function statusText({ state, pending, detail }) {
  const waiting = pending > 0 ? ` · ${pending} update${pending === 1 ? '' : 's'} waiting` : '';
  if (state === 'listening') return `@${bot?.username ?? ''} · ${detail}${waiting}`;
  if (state === 'failing') return `Webhook fails: ${detail}${waiting}`;
  return `Nobody listens: ${detail}${waiting}`;
}

function onAway() {
  const status = byId('status');
  status.dataset.state = 'away';
  status.textContent = 'Connecting…';
}

/** @param {any} message */
function append(message) {
  thread.querySelector('.welcome')?.remove();
  thread.append(view(message));
  group();
}

/** @param {any} message */
function view(message) {
  const onPress = (/** @type {number} */ messageId, /** @type {number} */ row, /** @type {number} */ column) => {
    void act({ kind: 'press', message_id: messageId, row, column });
    endBusy(messageId);
  };
  const onPay = (/** @type {number} */ messageId) => {
    void act({ kind: 'pay', message_id: messageId });
    endBusy(messageId);
  };
  return messageView(
    message,
    { botId: bot?.id ?? 0, onPress, onPay, onCommand: (command) => void sendText(command) },
    isMine,
  );
}

/**
 * Whatever the bot does, a button does not spin for ever.
 *
 * @param {number} messageId
 */
function endBusy(messageId) {
  setTimeout(() => thread.querySelector(`[data-id='${messageId}'] [aria-busy]`)?.removeAttribute('aria-busy'), 15_000);
}

/** Messages of one sender in a row stand closer together. */
function group() {
  let before;
  for (const shown of thread.children) {
    const mine = shown.classList.contains('mine');
    shown.classList.toggle('follows', shown.classList.contains('message') && mine === before);
    before = shown.classList.contains('message') ? mine : undefined;
  }
}

/** @param {any} message */
function isMine(message) {
  return message.from?.is_bot !== true;
}

function showTyping() {
  stopTyping();
  const dots = element('div', { class: 'bubble typing' }, element('i'), element('i'), element('i'));
  thread.append(element('div', { class: 'message', id: 'typing', 'aria-label': 'The bot is busy' }, dots));
  typingTimer = setTimeout(stopTyping, 5000);
}

function stopTyping() {
  clearTimeout(typingTimer);
  document.getElementById('typing')?.remove();
}

function showEmptiness() {
  const empty = !thread.querySelector('.message');
  byId('start').hidden = !empty || !bot;
  byId('composer').hidden = empty;
  thread.querySelector('.welcome')?.remove();
  if (!empty || !bot) return;
  const avatar = element('span', { class: 'avatar large', 'aria-hidden': 'true' });
  paintAvatar(avatar, bot.first_name);
  thread.append(
    element(
      'section',
      { class: 'welcome' },
      avatar,
      element('h2', {}, bot.first_name),
      element('p', {}, about || `@${bot.username}`),
    ),
  );
}

function showNoBots() {
  thread.replaceChildren(
    element(
      'section',
      { class: 'welcome' },
      element('h2', {}, 'No bots yet'),
      element('p', {}, 'Make one in your program:'),
      element('code', {}, "telegram.createBot({ username: 'demo_bot' })"),
    ),
  );
}

function showBots() {
  byId('bots').replaceChildren(
    ...bots.map((entry) => {
      const avatar = element('span', { class: 'avatar', 'aria-hidden': 'true' });
      paintAvatar(avatar, entry.first_name);
      const lines = element(
        'span',
        { class: 'bot-lines' },
        element('strong', {}, entry.first_name),
        element('span', {}, `@${entry.username}`),
      );
      const current = entry.id === bot?.id ? 'true' : undefined;
      const button = element('button', { type: 'button', class: 'bot', 'aria-current': current }, avatar, lines);
      button.addEventListener('click', () => selectBot(entry));
      return element('li', {}, button);
    }),
  );
}

function showPerson() {
  byId('my-name').textContent = person;
  paintAvatar(byId('my-avatar'), person);
}

/** @param {{ command: string, description: string }[]} commands */
function showCommands(commands) {
  // Whoever is choosing from the menu is not disturbed.
  if (JSON.stringify(commands) === JSON.stringify(shownCommands)) return;
  shownCommands = commands;
  byId('commands').hidden = commands.length === 0;
  byId('commands-menu').replaceChildren(
    ...commands.map(({ command, description }) => {
      const name = element('b', {}, `/${command}`);
      const button = element('button', { type: 'button' }, name, element('span', {}, description));
      button.addEventListener('click', () => {
        byId('commands-menu').hidePopover();
        void sendText(`/${command}`);
      });
      return button;
    }),
  );
}

function rememberedName() {
  return localStorage.getItem('chat-window-person') ?? 'Ann';
}

/** @param {Record<string, unknown>} action */
async function act(action) {
  const problem = await chat?.act(action);
  if (problem) toast(problem, 'error');
  return problem === undefined;
}

/** @param {string} content */
async function sendText(content) {
  return await act({ kind: 'text', text: content });
}

function isAtEnd() {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
}

/** @param {boolean} smooth */
function scrollToEnd(smooth) {
  scroller.scrollTo({ top: scroller.scrollHeight, behavior: smooth ? 'smooth' : 'instant' });
}

function fitText() {
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
  sendButton.disabled = text.value.trim() === '';
}

/** @param {File} file */
async function sendFile(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let start = 0; start < bytes.length; start += 32_768) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 32_768));
  }
  await act({
    kind: 'file',
    name: file.name,
    mime_type: file.type || 'application/octet-stream',
    base64: btoa(binary),
  });
}

function wire() {
  placeMenu('attach-menu', 'attach');
  placeMenu('commands-menu', 'commands');
  placeMenu('more-menu', 'more');
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    const content = text.value.trim();
    if (content === '') return;
    text.value = '';
    fitText();
    void sendText(content).then((sent) => {
      if (sent || text.value !== '') return;
      text.value = content;
      fitText();
    });
  });
  text.addEventListener('input', fitText);
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    /** @type {HTMLFormElement} */ (byId('composer')).requestSubmit();
  });
  byId('start').addEventListener('click', () => void sendText('/start').then(() => text.focus()));
  byId('back').addEventListener('click', () => (app.dataset.pane = 'list'));
  byId('jump').addEventListener('click', () => scrollToEnd(true));
  scroller.addEventListener('scroll', () => {
    if (isAtEnd()) following = true;
    else if (scroller.scrollTop < lastScrollTop) following = false;
    lastScrollTop = scroller.scrollTop;
    if (following) byId('jump').hidden = true;
  });
  // Keyboards that open and pictures that load change the height.
  const resized = new ResizeObserver(() => {
    if (following) scrollToEnd(false);
  });
  resized.observe(scroller);
  resized.observe(thread);
  byId('block').addEventListener('click', () => {
    byId('more-menu').hidePopover();
    void act({ kind: 'block', blocked: !blocked });
  });
  byId('attach-menu').addEventListener('click', (event) => {
    const button = /** @type {Element} */ (event.target).closest('button');
    byId('attach-menu').hidePopover();
    if (button?.dataset.attach === 'file') fileInput.click();
    else if (button) void act({ kind: button.dataset.attach });
  });
  fileInput.addEventListener('change', () => {
    for (const file of fileInput.files ?? []) void sendFile(file);
    fileInput.value = '';
  });
  byId('change-person').addEventListener('click', () => {
    void askForName(person).then((name) => {
      if (!name || name === person) return;
      person = name;
      localStorage.setItem('chat-window-person', name);
      showPerson();
      selectBot(bot);
    });
  });
}
