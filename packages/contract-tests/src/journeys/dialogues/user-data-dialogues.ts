import { expect } from 'vitest';
import type { BotUser, Page } from '@botloom/core';
import { hears, receivesNothing, says, type Dialogue, type Line } from './lines.ts';

const say = (id: string, text: string, next: string | null = null): object => ({ id, type: 'message', text, next });

/** Data that bots store about users: tags and attributes. */
export const USER_DATA_DIALOGUES: readonly Dialogue[] = [
  {
    title: 'tags are added and removed, other flows see them, and users are listed by them',
    flows: [
      {
        trigger_command: 'buy',
        flow_data: {
          steps: [
            { id: 'plan', type: 'question', text: 'Plan?' },
            { id: 'tag', type: 'tag', tags: ['customer', 'plan {{ plan }}'] },
            { id: 'untag', type: 'untag', tags: ['trial'] },
            say('done', 'Thank you'),
          ],
        },
      },
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            {
              id: 'known',
              type: 'condition',
              if: { var: 'user.tags', op: 'contains', value: 'customer' },
              then: 'again',
              else: 'trial',
            },
            { id: 'trial', type: 'tag', tags: ['trial'] },
            say('new', 'Hello, {{ user.tags | join: "+" }}'),
            say('again', 'Welcome back, {{ user.tags | join: "+" }}'),
          ],
        },
      },
    ],
    lines: [
      ...[
        says('/start'),
        hears('Hello, trial'),
        says('/buy'),
        hears('Plan?'),
        says('pro'),
        hears('Thank you'),
        says('/start'),
        hears('Welcome back, customer+plan pro'),
      ],
      ...[
        says('/start', { by: 'Bob' }),
        hears('Hello, trial', { by: 'Bob' }),
        says('/buy', { by: 'Bob' }),
        hears('Plan?', { by: 'Bob' }),
        says('team', { by: 'Bob' }),
        hears('Thank you', { by: 'Bob' }),
      ],
      ...[tagged('customer', ['Ann', 'Bob']), tagged('plan pro', ['Ann']), tagged('trial', []), receivesNothing()],
    ],
  },
  {
    title: 'attributes are permanent, can be changed through the API, and are never half written',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'city', type: 'question', text: 'City?' },
            {
              id: 'keep',
              type: 'set_attribute',
              changes: [
                { attribute: 'city', value: '{{ city }}' },
                { attribute: 'visits', do: 'add', value: 1 },
              ],
              on_error: 'sorry',
            },
            say('done', '{{ user.attributes.city }}, visit {{ user.attributes.visits }}'),
            say('sorry', 'Still {{ user.attributes.city }}'),
          ],
        },
      },
      {
        trigger_command: 'where',
        flow_data: { response: '{{ user.attributes.city | default: "nowhere" }} {{ user.tags | join: "+" }}' },
      },
    ],
    lines: [
      ...[
        says('/where'),
        hears('nowhere'),
        says('/start'),
        hears('City?'),
        says('Oslo'),
        hears('Oslo, visit 1'),
        says('/start'),
        hears('City?'),
        says('Bergen'),
        hears('Bergen, visit 2'),
      ],
      ...[
        patches({ attributes: { city: 'Rome', visits: 'many' }, add_tags: ['vip'] }),
        says('/where'),
        hears('Rome vip'),
      ],
      ...[
        says('/start'),
        hears('City?'),
        says('Paris'),
        hears('Still Rome'),
        patches({ attributes: { city: null, visits: null } }),
        says('/where'),
        hears('nowhere vip'),
        receivesNothing(),
      ],
    ],
  },
  {
    title: 'a timer and a second update of the same batch see the values that were set before',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'begin', type: 'tag', tags: ['waiting'] },
            { id: 'pause', type: 'wait', for: { seconds: 1 } },
            { id: 'end', type: 'untag', tags: ['waiting'] },
            { id: 'count', type: 'set_attribute', changes: [{ attribute: 'waits', do: 'add', value: 1 }] },
            say('done', 'Waited {{ user.attributes.waits }}: {{ user.tags.size }}'),
          ],
        },
      },
      {
        trigger_command: 'more',
        flow_data: {
          steps: [
            { id: 'tag', type: 'tag', tags: ['tag {{ user.tags.size }}'] },
            { id: 'say', type: 'message', text: 'Now {{ user.tags.size }}' },
          ],
        },
      },
    ],
    lines: [
      ...[says('/start'), hears('Waited 1: 0'), says('/start'), hears('Waited 2: 0')],
      async ({ person }) => {
        await Promise.all([person('Ann').send('/more'), person('Ann').send('/more'), person('Ann').send('/more')]);
      },
      ...[hears('Now 1'), hears('Now 2'), hears('Now 3'), tagged('tag 2', ['Ann']), receivesNothing()],
    ],
  },
];

/** Exactly these users have the tag, according to the owner's list of users. */
function tagged(tag: string, names: readonly string[]): Line {
  return async ({ stage: harness, bot }) => {
    await harness.quiet();
    const users = await harness.api.all<BotUser>(`${bot.path}/users?tag=${encodeURIComponent(tag)}`);
    expect(users.map(({ first_name }) => first_name).sort()).toEqual(names);
  };
}

/** The owner changes the stored data of Ann. */
function patches(body: object): Line {
  return async ({ stage: harness, bot }) => {
    await harness.quiet();
    const { items } = await harness.api.call<Page<BotUser>>('GET', `${bot.path}/users?search=Ann`);
    await harness.api.call('PATCH', `${bot.path}/users/${items[0]?.id ?? ''}`, body);
  };
}
