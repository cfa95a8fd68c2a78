import type { StepSourceMap, StepType } from '@botloom/core/flow';

/** One step of every kind, as a document writes it: a kind without an example does not compile. */
export const STEP_EXAMPLES: { readonly [Type in StepType]: StepSourceMap[Type] } = {
  message: { id: 'hello', type: 'message', text: 'Hello, {{ user.first_name }}!', next: 'name' },
  question: { id: 'age', type: 'question', text: 'How old are you?', input: 'number', min: 1, max: 150, next: 'menu' },
  menu: {
    id: 'menu',
    type: 'menu',
    text: 'What would you like?',
    buttons: [
      { text: 'Tea', next: 'tea' },
      { text: 'Nothing', response: 'As you like.' },
    ],
  },
  notify: { id: 'tell', type: 'notify', to: 'orders', text: 'New order of {{ user.full_name }}: {{ order }}', next: 'thanks' },
  http: { id: 'http', type: 'http', method: 'POST', url: 'https://example.com/orders', json: { customer: '{{ user.id }}' }, save: { number: 'order.number' }, next: 'thanks', on_error: 'sorry' },
  action: { id: 'action', type: 'action', action: 'charge', input: { amount: 12 }, save_to: 'receipt', next: 'thanks' },
  invoice: {
    id: 'pay',
    type: 'invoice',
    title: 'A month of news',
    description: 'Every morning at seven',
    currency: 'XTR',
    prices: [{ label: 'One month', amount: 50 }],
    timeout: { days: 1 },
    on_timeout: 'remind',
    save_to: 'payment',
    next: 'thanks',
  },
  wait: { id: 'pause', type: 'wait', for: { minutes: 5 }, next: 'remind' },
  wait_for_event: { id: 'payment', type: 'wait_for_event', event: 'order_paid', timeout: { hours: 2 }, on_timeout: 'sorry', save: { number: 'order.number' }, next: 'thanks' },
  condition: {
    id: 'adult',
    type: 'condition',
    if: { all: [{ var: 'age', op: '>=', value: 18 }, { not: { var: 'user.language', op: 'in', value: ['de', 'fr'] } }] },
    then: 'welcome',
    else: 'sorry',
  },
  switch: { id: 'plan', type: 'switch', value: '{{ plan }}', cases: [{ is: ['pro', 'team'], next: 'pro' }, { is: 'basic', next: 'basic' }], next: 'ask' },
  random: { id: 'test', type: 'random', sticky: true, branches: [{ weight: 9, next: 'old' }, { weight: 1, next: 'new' }] },
  set: {
    id: 'keep',
    type: 'set',
    changes: [
      { variable: 'basket', do: 'append', value: '{{ item }}' },
      { variable: 'count', do: 'add', value: 1 },
    ],
    next: 'more',
  },
  set_attribute: { id: 'remember', type: 'set_attribute', changes: [{ attribute: 'city', value: '{{ city }}' }, { attribute: 'orders', do: 'add', value: 1 }], next: 'thanks' },
  tag: { id: 'buyer', type: 'tag', tags: ['customer', 'plan-{{ plan }}'], next: 'thanks' },
  untag: { id: 'no_trial', type: 'untag', tags: ['trial'], next: 'thanks' },
  loop: { id: 'each', type: 'loop', list: 'basket', item: 'thing', index: 'number', body: 'show', next: 'sum' },
  call: { id: 'where', type: 'call', flow: '/address', inputs: { person: '{{ name }}' }, outputs: { street: 'street' }, next: 'done', on_error: 'sorry' },
  jump: { id: 'shop', type: 'jump', flow: 'Shop', inputs: { item: '{{ item }}' } },
  end: { id: 'enough', type: 'end', ends: 'loop' },
  join_request: { id: 'let_in', type: 'join_request', decision: 'approve', next: 'welcome' },
};
