import { describe, expect, it } from 'vitest';
import { loadBotApi } from '../api-data/bot-api.ts';
import { at, call, startFake } from '../fixtures/fake-for-tests.ts';
import type { FakeBot, FakeTelegram, JsonObject, Message, Person } from '../index.ts';
import { checkValue } from '../parameters/check-value.ts';
import { methods } from './index.ts';

const api = loadBotApi();
const text = 'Some text';
const photo = 'https://pictures.example/cat.png';
const description = 'What I do';
const commands = [{ command: 'start', description: 'Begin' }];

/** Parameters for every method. The test adds `chat_id` and other required IDs. */
const examples: Record<string, JsonObject | undefined> = {
  sendmessage: { text: '<b>Hi</b> /start', parse_mode: 'HTML' },
  sendphoto: { photo, caption: 'A *cat*', parse_mode: 'MarkdownV2' },
  sendvideo: { video: photo, duration: 3 },
  sendanimation: { animation: photo },
  sendaudio: { audio: photo, performer: 'Ann' },
  sendvoice: { voice: photo },
  sendvideonote: { video_note: photo },
  senddocument: { document: photo },
  sendsticker: { sticker: photo },
  sendmediagroup: {
    media: [
      { type: 'photo', media: photo },
      { type: 'photo', media: photo, caption: 'two' },
    ],
  },
  sendlocation: { latitude: 1, longitude: 2 },
  sendvenue: { latitude: 1, longitude: 2, title: 'Here', address: 'There' },
  sendcontact: { phone_number: '+1', first_name: 'Bob' },
  sendinvoice: { title: 'News', description, payload: 'p', currency: 'XTR', prices: [{ label: 'A month', amount: 5 }] },
  sendpoll: { question: 'Which?', options: [{ text: 'a' }, { text: 'b' }] },
  senddice: { emoji: '🎲' },
  sendchataction: { action: 'typing' },
  editmessagetext: { text },
  editmessagemedia: {
    media: { type: 'photo', media: photo, caption: '*New*', parse_mode: 'Markdown', has_spoiler: true },
  },
  editmessagereplymarkup: { reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] } },
  setmycommands: { commands },
  setmydescription: { description },
  setmyshortdescription: { short_description: description },
  deletemessages: { message_ids: [1] },
  setwebhook: { url: 'http://127.0.0.1:9/' },
};

describe('every method', () => {
  it.each([...methods.keys()].map((name) => api.methods.get(name)?.name ?? name))(
    '%s answers what the Bot API says',
    async (name) => {
      const telegram = await startFake();
      const bot = telegram.createBot({ username: 'demo_bot' });
      const ann = telegram.user('Ann', { bio: 'Likes threads', photo: new Uint8Array([1, 2, 3]), last_name: 'Lee' });
      const definition = api.methods.get(name.toLowerCase());
      if (!definition) throw new Error(`${name} is not in the API data`);
      const { photo: sizes } = await ann.sendPhoto();
      const chat = { chat_id: ann.id };
      const isCaption = name === 'editMessageCaption';
      const own = await call(telegram, bot, isCaption ? 'sendPhoto' : 'sendMessage', {
        ...chat,
        text,
        photo,
        [isCaption ? 'text' : 'photo']: undefined,
        reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] },
      });
      const query = await ann.press('Yes');
      const carl = telegram.user('Carl');
      const group = telegram.group('Tea', [ann]);
      group.promote(bot);
      carl.requestToJoin(group, 'Likes tea');
      const isRequest = name.endsWith('JoinRequest');
      const invoice = { ...chat, ...examples.sendinvoice };
      if (name === 'answerPreCheckoutQuery' || name === 'refundStarPayment')
        await call(telegram, bot, 'sendInvoice', invoice);
      const paid = name === 'refundStarPayment' ? await payAtOnce(telegram, bot, ann) : undefined;
      const checkout = name === 'answerPreCheckoutQuery' ? await pressPay(telegram, bot, ann) : undefined;
      const needed: JsonObject = {
        ...(isRequest ? { chat_id: group.id } : chat),
        message_id: at(own, 'result.message_id'),
        user_id: isRequest ? carl.id : ann.id,
        file_id: sizes?.[0]?.file_id,
        callback_query_id: at(query, 'id'),
        caption: isCaption ? 'A new caption' : undefined,
        text: 'A new text',
        telegram_payment_charge_id: at(paid, 'successful_payment.telegram_payment_charge_id'),
        pre_checkout_query_id: checkout,
        ok: true,
      };
      const parameters = {
        ...Object.fromEntries(Object.entries(needed).filter(([key]) => definition.fields.has(key))),
        ...examples[name.toLowerCase()],
      };
      const answer = await call(telegram, bot, name, parameters);
      expect(answer).toMatchObject({ ok: true });
      expect(checkValue(answer.result, definition.returns, name, { api, strict: true })).not.toHaveProperty(
        'problem.path',
      );
      const updates = await call(telegram, bot, 'deleteWebhook').then(() => call(telegram, bot, 'getUpdates'));
      expect(checkValue(updates.result, ['Update[]'], 'updates', { api, strict: true })).not.toHaveProperty(
        'problem.path',
      );
    },
  );
});

/** Presses Pay. Returns the ID of the pre-checkout query that the bot receives. */
async function pressPay(telegram: FakeTelegram, bot: FakeBot, ann: Person): Promise<unknown> {
  await call(telegram, bot, 'getUpdates', { offset: -1 });
  // Not awaited: the test answers the query later, or never.
  ann.pay().catch(() => undefined);
  const { result } = await call(telegram, bot, 'getUpdates');
  return at((result as JsonObject[]).at(-1), 'pre_checkout_query.id');
}

async function payAtOnce(telegram: FakeTelegram, bot: FakeBot, ann: Person): Promise<Message> {
  const asked = (parameters: JsonObject): Promise<unknown> => call(telegram, bot, 'answerPreCheckoutQuery', parameters);
  const paid = ann.pay();
  const { result } = await call(telegram, bot, 'getUpdates');
  await asked({ pre_checkout_query_id: at((result as JsonObject[]).at(-1), 'pre_checkout_query.id'), ok: true });
  return paid;
}

describe('payments', () => {
  it('follow the rules of Telegram', async () => {
    const telegram = await startFake();
    const bot = telegram.createBot({ username: 'demo_bot' });
    const ann = telegram.user('Ann');
    await ann.send('hi');
    const invoice = { chat_id: ann.id, ...examples.sendinvoice };
    const refusal = async (changes: JsonObject, method = 'sendInvoice') =>
      String((await call(telegram, bot, method, { ...invoice, ...changes })).description).replace('Bad Request: ', '');
    const price = { label: 'A', amount: 1 };
    expect(await refusal({ prices: [price, price] })).toBe('STARS_INVOICE_INVALID');
    expect(await refusal({ prices: [{ ...price, amount: 0 }] })).toBe('CURRENCY_TOTAL_AMOUNT_INVALID');
    expect(await refusal({ currency: 'stars' })).toBe('CURRENCY_INVALID');
    expect(await refusal({ currency: 'EUR' })).toBe('PAYMENT_PROVIDER_INVALID');
    expect(await refusal({ provider_token: '1:TEST:x' })).toBe('PAYMENT_PROVIDER_INVALID');
    expect(await refusal({ title: 'x'.repeat(33) })).toMatch('title');
    expect(await refusal({ photo_url: 'nowhere' })).toBe('WEBDOCUMENT_URL_INVALID');
    expect(await refusal({ reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] } })).toMatch(
      'Pay button',
    );
    await expect(ann.pay()).rejects.toThrow('there is no invoice');
    expect(at(await call(telegram, bot, 'sendInvoice', invoice), 'result.reply_markup.inline_keyboard')).toEqual([
      [{ text: 'Pay ⭐5', pay: true }],
    ]);
    const answer = (parameters: JsonObject) =>
      call(telegram, bot, 'answerPreCheckoutQuery', parameters).then(({ description: said }) => said);
    const refused = ann.expectPaymentRefused('Sold out');
    const { result } = await call(telegram, bot, 'getUpdates');
    const pre_checkout_query_id = at((result as JsonObject[]).at(-1), 'pre_checkout_query.id');
    expect(await answer({ pre_checkout_query_id, ok: false })).toBe('Bad Request: error message must be non-empty');
    expect(await answer({ pre_checkout_query_id, ok: false, error_message: 'Sold out' })).toBeUndefined();
    expect(await refused).toBe('Sold out');
    expect(await answer({ pre_checkout_query_id, ok: true })).toMatch('query is too old');
    const charge = {
      user_id: ann.id,
      telegram_payment_charge_id: at(
        await payAtOnce(telegram, bot, ann),
        'successful_payment.telegram_payment_charge_id',
      ),
    };
    const refund = (parameters: JsonObject) =>
      call(telegram, bot, 'refundStarPayment', parameters).then(({ description: said }) => said);
    expect(await refund({ ...charge, user_id: 12 })).toBe('Bad Request: CHARGE_NOT_FOUND');
    expect(await refund(charge)).toBeUndefined();
    expect(await refund(charge)).toBe('Bad Request: CHARGE_ALREADY_REFUNDED');
    expect(ann.transcript().split('\n').slice(-4)).toEqual([
      'Ann pays message 2',
      '@demo_bot accepts the payment',
      'Ann: <successful_payment>',
      'Ann: <refunded_payment>',
    ]);
  });
});

describe('errors in Telegram’s words', () => {
  it('checks the rights and the request when a bot decides on a join request', async () => {
    const telegram = await startFake();
    const bot = telegram.createBot({ username: 'demo_bot' });
    const ann = telegram.user('Ann');
    const carl = telegram.user('Carl');
    const group = telegram.group('Tea', [ann]);
    const approve = (user_id: number) => call(telegram, bot, 'approveChatJoinRequest', { chat_id: group.id, user_id });
    expect(await approve(carl.id)).toMatchObject({ status: 400, description: 'Bad Request: CHAT_ADMIN_REQUIRED' });
    group.promote(bot);
    expect(await approve(carl.id)).toMatchObject({ status: 400, description: 'Bad Request: HIDE_REQUESTER_MISSING' });
    expect(await approve(ann.id)).toMatchObject({ status: 400, description: 'Bad Request: USER_ALREADY_PARTICIPANT' });
    carl.requestToJoin(group);
    expect(await approve(carl.id)).toMatchObject({ ok: true });
    expect(await approve(carl.id)).toMatchObject({ description: 'Bad Request: USER_ALREADY_PARTICIPANT' });
  });

  it('checks that the bot may write to the chat', async () => {
    const telegram = await startFake();
    const bot = telegram.createBot({ username: 'demo_bot' });
    const other = telegram.createBot({ username: 'other_bot' });
    const ann = telegram.user('Ann');
    const group = telegram.group('Team', [ann], { bots: [bot] });
    const refusal = async (chat_id: unknown, from = bot) =>
      (await call(telegram, from, 'sendMessage', { chat_id, text })).description;
    expect(await refusal(12345)).toBe('Bad Request: chat not found');
    expect(await refusal('@nowhere')).toBe('Bad Request: chat not found');
    expect(await refusal(ann.id)).toBe("Forbidden: bot can't initiate conversation with a user");
    await ann.in(bot).send('/start');
    ann.block(bot);
    expect(await refusal(ann.id)).toBe('Forbidden: bot was blocked by the user');
    ann.unblock(bot);
    expect(await refusal(ann.id)).toBeUndefined();
    expect(await refusal(group.id, other)).toBe('Forbidden: bot is not a member of the group chat');
    const next = group.migrate();
    expect(await call(telegram, bot, 'sendMessage', { chat_id: group.id, text })).toMatchObject({
      status: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: next.id },
    });
    next.removeBot(bot);
    expect(await refusal(next.id)).toBe('Forbidden: bot was kicked from the supergroup chat');
    const { result } = await call(telegram, bot, 'getUpdates');
    const kinds = (result as JsonObject[]).map((update) => Object.keys(update)[1]);
    expect(kinds.filter((kind) => kind === 'my_chat_member')).toHaveLength(4);
  });

  it('checks that a message can be edited or deleted and a query can be answered', async () => {
    const telegram = await startFake();
    const bot = telegram.createBot({ username: 'demo_bot' });
    const ann = telegram.user('Ann');
    const own = await ann.send('hi');
    const chat_id = ann.id;
    const sent = await call(telegram, bot, 'sendMessage', { chat_id, text });
    const message_id = at(sent, 'result.message_id');
    const refusal = async (method: string, parameters: JsonObject) =>
      String((await call(telegram, bot, method, { chat_id, ...parameters })).description);
    expect(await refusal('editMessageText', { message_id, text })).toMatch(
      'Bad Request: message is not modified: specified new',
    );
    expect(await refusal('editMessageText', { message_id: 999, text })).toBe('Bad Request: message to edit not found');
    expect(await refusal('editMessageText', { message_id: own.message_id, text })).toBe(
      "Bad Request: message can't be edited",
    );
    expect(await refusal('editMessageText', { text })).toBe('Bad Request: message identifier is not specified');
    expect(await refusal('editMessageCaption', { message_id, caption: text })).toMatch(
      'there is no caption in the message to edit',
    );
    expect(await refusal('deleteMessage', { message_id: 999 })).toBe('Bad Request: message to delete not found');
    expect(await refusal('sendMessage', { text, reply_parameters: { message_id: 999 } })).toMatch(
      'message to be replied not found',
    );
    expect(await refusal('sendMessage', { text: ' \n ' })).toBe('Bad Request: message text is empty');
    expect(await refusal('sendMessage', { text: 'x'.repeat(4097) })).toBe('Bad Request: message is too long');
    expect(await refusal('sendPhoto', { photo, caption: 'x'.repeat(1025) })).toBe(
      'Bad Request: message caption is too long',
    );
    expect(await refusal('sendPhoto', { photo: 'nonsense' })).toBe(
      'Bad Request: wrong file identifier/HTTP URL specified',
    );
    expect(await refusal('sendMessage', { text: '<b>x', parse_mode: 'HTML' })).toMatch(
      "Bad Request: can't parse entities",
    );
    const late = await call(telegram, bot, 'answerCallbackQuery', { callback_query_id: '1' });
    expect(late.description).toBe('Bad Request: query is too old and response timeout expired or query ID is invalid');
    expect(await call(telegram, bot, 'getStarTransactions')).toMatchObject({ status: 501 });
  });

  it('accepts a file ID only from the bot that received it', async () => {
    const telegram = await startFake();
    const bot = telegram.createBot({ username: 'demo_bot' });
    const other = telegram.createBot({ username: 'other_bot' });
    const ann = telegram.user('Ann');
    const { document } = await ann.in(bot).sendDocument({ name: 'a.txt', bytes: new TextEncoder().encode('hello') });
    const file_id = document?.file_id;
    const file = await call(telegram, bot, 'getFile', { file_id });
    expect(file.result).toMatchObject({ file_size: 5, file_path: 'documents/file_0.txt' });
    expect(await call(telegram, other, 'getFile', { file_id })).toMatchObject({
      description: 'Bad Request: invalid file_id',
    });
    const download = (token: string) =>
      fetch(`${telegram.url}/file/bot${token}/${String(at(file, 'result.file_path'))}`);
    expect(await (await download(bot.token)).text()).toBe('hello');
    expect((await download(other.token)).status).toBe(404);
    expect((await call(telegram, bot, 'sendPhoto', { chat_id: ann.id, photo: file_id })).description).toBe(
      "Bad Request: can't use file of type Document as Photo",
    );
  });
});
