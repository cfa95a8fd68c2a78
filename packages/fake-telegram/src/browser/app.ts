import type { BotStatus, BotSummary, PageAction, RoomSnapshot, RoomStatus } from '../chat-window/protocol.ts';
import type { RoomEvent } from '../state/room-event.ts';
import type { BotCommand } from '../telegram-objects.ts';
import { wireComposer } from './composer.ts';
import { fetchBots, openChat, type OpenChat } from './connection.ts';
import { askForName, placeMenu, showAlert, toast } from './dialogs.ts';
import { byId, element, paintAvatar } from './elements.ts';
import { createReplyKeyboardPanel } from './reply-keyboard.ts';
import { createThread } from './thread.ts';

const NAME_KEY = 'chat-window-person';
/** Interval of the search for bots while none exists. */
const BOT_SEARCH_INTERVAL_MS = 2000;

const app = byId('app');

let bots: BotSummary[] = [];
let bot: BotSummary | undefined;
let person = localStorage.getItem(NAME_KEY) ?? 'Ann';
let chat: OpenChat | undefined;
let isBlocked = false;
/** The bot's own description, for a chat without messages. */
let about = '';
let shownCommands = '';

const composer = wireComposer(act);
const keyboard = createReplyKeyboardPanel((row, column) => void act({ kind: 'key', row, column }));
const thread = createThread({
  bot: () => bot,
  about: () => about,
  actions: {
    onPress: (message_id, row, column) => void act({ kind: 'press', message_id, row, column }),
    onPay: (message_id) => void act({ kind: 'pay', message_id }),
    onCommand: (command) => void act({ kind: 'text', text: command }),
  },
});
wireMenus();
void begin();

async function begin(): Promise<void> {
  bots = await fetchBots();
  const wanted = new URLSearchParams(location.hash.slice(1)).get('bot');
  showPerson();
  showBots();
  selectBot(bots.find((candidate) => candidate.username === wanted) ?? bots[0]);
}

function selectBot(next: BotSummary | undefined): void {
  chat?.close();
  chat = undefined;
  bot = next;
  app.dataset.pane = next ? 'chat' : 'list';
  showBots();
  byId('composer').hidden = !next;
  byId('start').hidden = true;
  if (!next) {
    thread.showNoBots();
    setTimeout(() => void begin(), BOT_SEARCH_INTERVAL_MS);
    return;
  }
  location.hash = new URLSearchParams({ bot: next.username }).toString();
  byId('bot-name').textContent = next.first_name;
  paintAvatar(byId('bot-avatar'), next.first_name);
  document.title = `${next.first_name} · Botloom chat window`;
  chat = openChat(next.id, person, { snapshot: onSnapshot, room: onRoomEvent, status: onStatus, away: onAway });
  if (matchMedia('(pointer: fine)').matches) composer.focus();
}

function onSnapshot(snapshot: RoomSnapshot): void {
  thread.reset(snapshot.messages);
  onStatus(snapshot);
}

function onRoomEvent(event: RoomEvent): void {
  switch (event.kind) {
    case 'message':
      thread.append(event.message);
      break;
    case 'edit':
      thread.replace(event.message);
      break;
    case 'delete':
      thread.remove(event.message_id);
      break;
    case 'answer':
      thread.endBusy();
      if (event.text && event.show_alert) showAlert(bot?.first_name ?? '', event.text);
      else if (event.text) toast(event.text);
      break;
    case 'checkout_answer':
      thread.endBusy();
      if (event.text) showAlert(bot?.first_name ?? '', event.text);
      break;
    case 'action':
      thread.showTyping();
      break;
    case 'block':
      thread.appendNotice(event.blocked ? 'You blocked this bot' : 'You unblocked this bot');
      break;
    case 'press':
    case 'checkout':
      // The person's own press: the button already shows it.
      break;
  }
  thread.follow();
}

function onStatus(data: RoomStatus): void {
  isBlocked = data.blocked;
  byId('block-label').textContent = isBlocked ? 'Unblock this bot' : 'Block this bot';
  keyboard.show(data.keyboard);
  const status = byId('status');
  status.dataset.state = data.status.state;
  status.textContent = statusText(data.status);
  const description = data.description || data.short_description;
  if (description !== about) {
    about = description;
    thread.showWelcome();
  }
  showCommands(data.commands);
  if (JSON.stringify(data.bots) !== JSON.stringify(bots)) {
    bots = data.bots;
    showBots();
  }
}

function statusText({ state, pending, detail }: BotStatus): string {
  const waiting = pending > 0 ? ` · ${pending} update${pending === 1 ? '' : 's'} waiting` : '';
  if (state === 'listening') return `@${bot?.username ?? ''} · ${detail}${waiting}`;
  if (state === 'failing') return `Webhook fails: ${detail}${waiting}`;
  return `Not connected: ${detail}${waiting}`;
}

function onAway(): void {
  const status = byId('status');
  status.dataset.state = 'away';
  status.textContent = 'Connecting…';
}

function showBots(): void {
  byId('bots').replaceChildren(
    ...bots.map((entry) => {
      const avatar = element('span', { class: 'avatar', 'aria-hidden': 'true' });
      paintAvatar(avatar, entry.first_name);
      const name = element('strong', {}, entry.first_name);
      const lines = element('span', { class: 'bot-lines' }, name, element('span', {}, `@${entry.username}`));
      const current = entry.id === bot?.id ? 'true' : undefined;
      const button = element('button', { type: 'button', class: 'bot', 'aria-current': current }, avatar, lines);
      button.addEventListener('click', () => selectBot(entry));
      return element('li', {}, button);
    }),
  );
}

function showPerson(): void {
  byId('my-name').textContent = person;
  paintAvatar(byId('my-avatar'), person);
}

function showCommands(commands: readonly BotCommand[]): void {
  // An unchanged menu is not redrawn: the person may be choosing from it.
  const description = JSON.stringify(commands);
  if (description === shownCommands) return;
  shownCommands = description;
  byId('commands').hidden = commands.length === 0;
  byId('commands-menu').replaceChildren(
    ...commands.map(({ command, description: text }) => {
      const name = element('b', {}, `/${command}`);
      const button = element('button', { type: 'button' }, name, element('span', {}, text));
      button.addEventListener('click', () => {
        byId('commands-menu').hidePopover();
        void act({ kind: 'text', text: `/${command}` });
      });
      return button;
    }),
  );
}

/** Performs an action of the person. Shows the reason and resolves with false if it is refused. */
async function act(action: PageAction): Promise<boolean> {
  const problem = await chat?.act(action);
  if (problem) toast(problem, 'error');
  return problem === undefined;
}

function wireMenus(): void {
  placeMenu('attach-menu', 'attach');
  placeMenu('commands-menu', 'commands');
  placeMenu('more-menu', 'more');
  byId('back').addEventListener('click', () => (app.dataset.pane = 'list'));
  byId('block').addEventListener('click', () => {
    byId('more-menu').hidePopover();
    void act({ kind: 'block', blocked: !isBlocked });
  });
  byId('change-person').addEventListener('click', () => {
    void askForName(person).then((name) => {
      if (!name || name === person) return;
      person = name;
      localStorage.setItem(NAME_KEY, name);
      showPerson();
      selectBot(bot);
    });
  });
}
