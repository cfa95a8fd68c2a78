import { expect } from 'vitest';
import type { Message } from '@botloom/core';
import { changesSettings, hears, receivesNothing, says, type Dialogue } from './lines.ts';

const say = (id: string, text: string, next: string | null = null): object => ({ id, type: 'message', text, next });

/** Bots that write to chats that are not the chat of the session. */
export const NOTIFY_DIALOGUES: readonly Dialogue[] = [
  {
    title: 'a group is notified of every order, in order, with formatting that no value breaks',
    flows: [{ trigger_command: 'order', flow_data: { response: 'Not yet' } }],
    lines: [
      async (scene) => {
        const { stage: harness, bot, person } = scene;
        const ann = harness.telegram.user('Ann');
        const group = harness.telegram.group('Orders', [ann], { bots: [bot.fake], type: 'supergroup' });
        const there = ann.in(group);
        await changesSettings({ chats: { orders: group.id } })(scene);
        const steps = [
          { id: 'what', type: 'question', text: 'What?' },
          {
            id: 'tell',
            type: 'notify',
            to: 'orders',
            parse_mode: 'HTML',
            text: '<b>{{ user.first_name }}</b>: {{ what }}',
            silent: true,
          },
          {
            id: 'more',
            type: 'notify',
            to: String(group.id),
            text: 'That was {{ user.first_name }}',
            on_error: 'sorry',
          },
          say('done', 'Ordered'),
          say('sorry', 'Please call us'),
        ];
        const [flow] = bot.flows;
        await harness.api.call('PUT', `${bot.path}/flows/${flow?.id ?? ''}`, {
          name: 'Order',
          trigger_command: 'order',
          flow_data: { steps },
        });
        for (const name of ['Ann', 'Bob']) {
          await person(name).send('/order');
          await person(name).expectReply('What?');
          await person(name).send('<i>Tea & "milk"');
          await person(name).expectReply('Ordered');
          const told = await there.expectReply(`${name}: <i>Tea & "milk"`);
          expect(told.entities).toEqual([{ type: 'bold', offset: 0, length: 3 }]);
          await there.expectReply(`That was ${name}`);
        }
      },
    ],
  },
  {
    title: 'the flow continues, whatever happens to the message in the other chat',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'tell', type: 'notify', to: '-1009999999', text: 'Is this delivered?' },
            { id: 'name', type: 'question', text: 'Name?' },
            { id: 'who', type: 'notify', to: '{{ name }}', text: 'Hello', on_error: 'sorry' },
            say('done', 'Told'),
            say('sorry', 'No such chat'),
          ],
        },
      },
    ],
    lines: [
      ...[says('/start'), hears('Name?'), says('friends'), hears('No such chat'), receivesNothing()],
      async ({ stage: harness, bot }) => {
        const messages = await harness.api.all<Message>(`${bot.path}/messages?direction=outgoing`);
        const failed = messages.filter(({ status }) => status === 'failed');
        expect(failed).toMatchObject([
          {
            chat_id: -1009999999,
            text: 'Is this delivered?',
            user_id: null,
            failure: expect.stringContaining('chat not found') as string,
          },
        ]);
      },
    ],
  },
  {
    title: 'an unknown chat name is rejected when the flow is saved, with a suggestion',
    flows: [],
    lines: [
      changesSettings({ chats: { orders: -5 } }),
      async ({ stage: harness, bot }) => {
        const flow_data = { steps: [{ id: 'tell', type: 'notify', to: 'order', text: 'x' }] };
        const answer = await harness.api.send('POST', `${bot.path}/flows`, { body: { name: 'f', flow_data } });
        expect(answer).toMatchObject({
          status: 422,
          body: {
            code: 'FLOW_DATA_INVALID',
            errors: [{ path: '/flow_data/steps/0/to', code: 'unknown_chat', hint: 'Did you mean "orders"?' }],
          },
        });
      },
    ],
  },
];
