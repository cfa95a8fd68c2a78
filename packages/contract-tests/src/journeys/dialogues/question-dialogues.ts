import { expect } from 'vitest';
import type { Answer } from '@botloom/core';
import {
  hears,
  presses,
  receivesNothing,
  says,
  seesCallbackNotice,
  seesEditedMessage,
  sends,
  sendsPhoto,
  type Dialogue,
} from './lines.ts';

const ask = (id: string, text: string, more: object = {}): object => ({ id, type: 'question', text, ...more });
const say = (id: string, text: string, more: object = {}): object => ({ id, type: 'message', text, ...more });
const start = (...steps: object[]) => [{ trigger_command: 'start', flow_data: { steps } }];

/** All inputs of a question, and its exits. */
export const QUESTION_DIALOGUES: readonly Dialogue[] = [
  {
    title: 'answers are read back with their type, by user, by question, and after the flow is deleted',
    flows: start(
      ask('age', 'Age?', { input: 'number' }),
      ask('food', 'Food?', { input: 'multiple_choice', options: ['Tea', 'Cake'] }),
      ask('notes', 'Notes?', { collect: { max: 2, silence: 'PT30S' } }),
      say('end', 'Thanks'),
    ),
    lines: [
      ...[
        says('/start'),
        hears('Age?'),
        says('1,500'),
        hears(/number/),
        says('12,5'),
        hears('Food?'),
        presses('▫️ Tea'),
        presses('Done'),
        hears('Notes?'),
        says('a'),
        says('b'),
        hears('Thanks'),
      ],
      ...[
        says('/start', { by: 'Bob' }),
        hears('Age?', { by: 'Bob' }),
        says('40', { by: 'Bob' }),
        hears('Food?', { by: 'Bob' }),
        receivesNothing(),
      ],
      async ({ stage: harness, bot }) => {
        const read = (query: string): Promise<readonly Answer[]> =>
          harness.api.all<Answer>(`${bot.path}/answers${query}`);
        const flow_id = bot.flows[0]?.id ?? '';
        const all = await read('');
        expect(all.map(({ variable, value }) => [variable, value])).toEqual([
          ['age', 40],
          ['notes', 'a\nb'],
          ['food', ['Tea']],
          ['age', 12.5],
        ]);
        expect(all).toMatchObject(all.map(() => ({ bot_id: bot.id, flow_id, thread_id: 0 })));
        const [bob, , , ann] = all;
        expect(ann?.user_id).not.toBe(bob?.user_id);
        expect(await read(`?user_id=${bob?.user_id ?? ''}`)).toEqual([bob]);
        expect(await read(`?flow_id=${flow_id}&step_id=age`)).toEqual([bob, ann]);
        expect(await read(`?flow_id=${bot.id}`)).toEqual([]);
        await harness.api.call('DELETE', `${bot.path}/flows/${flow_id}`);
        expect(await read('')).toEqual(all);
      },
    ],
  },
  {
    title: 'several messages are one answer: texts until a pause, an album and a photo, up to the maximum',
    flows: start(
      ask('story', 'Tell me', { collect: { silence: 'PT2S' } }),
      ask('pictures', 'Pictures?', { input: 'photo', collect: { silence: 'PT2S' }, retry: 'Pictures only' }),
      ask('two', 'Two words?', { collect: { max: 2, silence: 'PT30S' } }),
      say('end', '{{ story }} / {{ pictures | size }} / {{ two }}'),
    ),
    lines: [
      ...[says('/start'), hears('Tell me'), says('Once'), says('upon a time'), hears('Pictures?')],
      ...[
        sends((ann) => ann.sendAlbum([{}, {}, {}])),
        sendsPhoto(),
        says('more?'),
        hears('Pictures only'),
        hears('Two words?'),
      ],
      ...[says('tea'), says('cake'), hears('Once\nupon a time / 4 / tea\ncake'), receivesNothing()],
    ],
  },
  {
    title: 'a custom check of typed and pressed answers',
    flows: start(
      ask('seats', 'Seats?', {
        input: 'integer',
        check: { var: 'seats', op: '<=', value: 3 },
        retry: 'Only 3 are left',
      }),
      ask('day', 'Day?', {
        input: 'choice',
        options: ['Friday', 'Sunday'],
        check: { not: { var: 'day', op: '=', value: 'Sunday' } },
        retry: 'Closed',
      }),
      say('end', '{{ seats }} on {{ day }}'),
    ),
    lines: [
      says('/start'),
      hears('Seats?'),
      says('4'),
      hears('Only 3 are left'),
      says('3'),
      hears('Day?'),
      presses('Sunday'),
      hears('Closed'),
      presses('Friday'),
      hears('3 on Friday'),
      receivesNothing(),
    ],
  },
  {
    title: 'typed: text with a pattern, whole numbers, e-mail and web addresses',
    flows: start(
      ask('code', 'Code?', { pattern: '^[A-Z]{2}-\\d{2}$', max_length: 5, retry: 'Like AB-12' }),
      ask('count', 'How many?', { input: 'integer', min: 1, max: 9 }),
      ask('mail', 'E-mail?', { input: 'email' }),
      ask('site', 'Site?', { input: 'url' }),
      say('end', '{{ code }}, {{ count }}, {{ mail }}, {{ site }}'),
    ),
    lines: [
      ...[says('/start'), hears('Code?'), says('ab-12'), hears('Like AB-12'), says('AB-12')],
      ...[hears('How many?'), says('2.5'), hears('Please send a whole number from 1 to 9.'), says('٣')],
      ...[hears('E-mail?'), says('ann'), hears(/name@example\.com/), says('Ann@Example.com')],
      ...[hears('Site?'), says('javascript:alert(1)'), hears(/https:\/\/example\.com/), says('example.org/a')],
      hears('AB-12, 3, Ann@example.com, https://example.org/a'),
    ],
  },
  {
    title: "a phone number is typed or shared; another person's contact is refused; the answer removes the keyboard",
    flows: start(
      ask('phone', 'Number?', { input: 'phone', button: 'Share mine' }),
      say('end', 'So {{ phone | size }}: {{ phone | truncate: 4 }}'),
    ),
    lines: [
      ...[says('/start'), hears('Number?'), says('0170 123'), hears(/country code/)],
      sends((ann) => ann.sendContact({ phone_number: '+491701234567', first_name: 'Bob', user_id: 4 })),
      hears(/another person/),
      presses('Share mine'),
      hears(/^So \d+: \+/),
      async ({ person }) => {
        const problem: unknown = await person('Ann')
          .press('Share mine')
          .then(
            () => null,
            (error: unknown) => error,
          );
        if (problem === null) throw new Error('The key is still there');
      },
      ...[says('/start'), hears('Number?'), says('+49 (170) 123-45-67'), hears('So 13: +...')],
    ],
  },
  {
    title: 'a date from the calendar, in place, and typed; the remaining calendar buttons are stale',
    flows: start(
      ask('day', 'Which day?', { input: 'date', min: '2030-05-30', max: '2030-06-10' }),
      ask('at', 'At what time?', { input: 'time', min: '09:00', max: '10:30', minute_step: 30 }),
      say('end', '{{ day }} at {{ at }}'),
    ),
    lines: [
      ...[says('/start'), hears('Which day?', { as: 'calendar' }), presses('›'), seesCallbackNotice('')],
      seesEditedMessage({ contains: ['Jun 2030', '1', '10'] }),
      ...[
        presses('Jun 2030'),
        seesCallbackNotice(''),
        presses('4'),
        seesCallbackNotice('2030-06-04'),
        seesEditedMessage({ keyboard: [] }),
      ],
      hears('At what time?', { keyboard: [['·', '·', '·', '09:00', '10:00', '·']], as: 'clock' }),
      ...[
        presses('09:00'),
        seesCallbackNotice(''),
        seesEditedMessage({ keyboard: [['09:00', '09:30'], ['‹']] }),
        presses('09:30'),
        seesCallbackNotice('09:30'),
      ],
      ...[seesEditedMessage({ keyboard: [] }), hears('2030-06-04 at 09:30')],
      ...[says('/start'), hears('Which day?', { as: 'calendar' }), says('11.06.2030')],
      ...[
        hears('Please send a date as YYYY-MM-DD or DD.MM.YYYY, from 2030-05-30 until 2030-06-10.', { as: 'again' }),
        says('31.5.2030'),
      ],
      ...[
        hears('At what time?'),
        presses('30', { on: 'calendar' }),
        seesCallbackNotice('This button no longer works.'),
        hears('At what time?'),
      ],
      ...[says('9.05 am'), hears('2030-05-31 at 09:05'), receivesNothing()],
    ],
  },
  {
    title: 'a date with a time, page by page',
    flows: start(
      ask('when', 'When?', {
        input: 'datetime',
        min: '2030-05-30T10:00',
        max: '2030-05-30T11:00',
        minute_step: 60,
        time_zone: 'Europe/Berlin',
      }),
      say('end', '{{ when }}'),
    ),
    lines: [
      ...[
        says('/start'),
        hears('When?'),
        presses('30'),
        seesCallbackNotice(''),
        seesEditedMessage({ keyboard: [['·', '·', '·', '·', '10:00', '11:00'], ['‹']] }),
      ],
      ...[
        presses('‹'),
        seesCallbackNotice(''),
        seesEditedMessage({ contains: ['May 2030'] }),
        presses('30'),
        seesCallbackNotice(''),
        seesEditedMessage({ contains: ['11:00'] }),
      ],
      ...[
        presses('11:00'),
        seesCallbackNotice(''),
        seesEditedMessage({ keyboard: [['11:00'], ['‹']] }),
        presses('11:00'),
        seesCallbackNotice('2030-05-30 11:00'),
      ],
      ...[seesEditedMessage({ keyboard: [] }), hears('2030-05-30T11:00:00+02:00')],
      ...[says('/start'), hears('When?'), says('30.05.2030 10:15'), hears('2030-05-30T10:15:00+02:00')],
    ],
  },
  {
    title: 'yes or no, one choice page by page, and a rating',
    flows: start(
      ask('sure', 'Sure?', { input: 'yes_no', yes: 'Ja', no: 'Nein' }),
      ask('pick', 'Which?', { input: 'choice', page_size: 2, options: ['One', { label: 'Two', value: 2 }, 'Three'] }),
      ask('stars', 'How was it?', { input: 'rating', max: 3 }),
      say('end', '{{ sure }}, {{ pick }}, {{ stars }}'),
    ),
    lines: [
      ...[
        says('/start'),
        hears('Sure?', { keyboard: [['Ja', 'Nein']], as: 'sure' }),
        presses('Nein'),
        seesCallbackNotice('Nein'),
        seesEditedMessage({ keyboard: [] }),
      ],
      ...[
        hears('Which?', { keyboard: [['One'], ['Two'], ['1/2', '›']] }),
        presses('›'),
        seesCallbackNotice(''),
        seesEditedMessage({ keyboard: [['Three'], ['‹', '2/2']] }),
      ],
      ...[
        says('four'),
        hears('Please choose one of the options.', { keyboard: [['One'], ['Two'], ['1/2', '›']] }),
        presses('Two'),
        seesCallbackNotice('Two'),
        seesEditedMessage({ keyboard: [] }),
      ],
      ...[
        hears('How was it?', { keyboard: [['⭐⭐⭐'], ['⭐⭐'], ['⭐']] }),
        presses('⭐⭐'),
        seesCallbackNotice('⭐⭐'),
        seesEditedMessage({ keyboard: [] }),
        hears('false, 2, 2'),
      ],
      ...[
        says('/start'),
        hears('Sure?'),
        says('ja'),
        hears('Which?'),
        says('ONE'),
        hears('How was it?'),
        says('3'),
        hears('true, One, 3'),
      ],
    ],
  },
  {
    title: 'several choices are marked in place until done, and a later list offers the chosen ones',
    flows: start(
      ask('with', 'With?', { input: 'multiple_choice', options: ['Ham', 'Corn', 'Olives'], max: 2 }),
      ask('best', 'The best of it?', { input: 'choice', options_from: 'with', keyboard: 'reply' }),
      say('end', '{{ with }}; {{ best }}'),
    ),
    lines: [
      ...[says('/start'), hears('With?', { keyboard: [['▫️ Ham'], ['▫️ Corn'], ['▫️ Olives'], ['Done']] })],
      ...[
        presses('Done'),
        seesCallbackNotice('Please choose 1 to 2.'),
        presses('▫️ Corn'),
        seesCallbackNotice(''),
        seesEditedMessage({ keyboard: [['▫️ Ham'], ['✅ Corn'], ['▫️ Olives'], ['Done']] }),
      ],
      ...[
        presses('▫️ Ham'),
        seesCallbackNotice(''),
        seesEditedMessage({ contains: ['✅ Ham'] }),
        presses('▫️ Olives'),
        seesCallbackNotice('Please choose 1 to 2.'),
      ],
      ...[
        presses('Done'),
        seesCallbackNotice('Ham, Corn'),
        seesEditedMessage({ keyboard: [] }),
        hears('The best of it?'),
        presses('Corn'),
        hears('Ham, Corn; Corn'),
      ],
    ],
  },
  {
    title: 'a location, a contact, a photo, a video, a voice message, a file, any message',
    flows: start(
      ask('place', 'Where?', { input: 'location' }),
      ask('whom', 'Whom to call?', { input: 'contact' }),
      ask('photo', 'Photo?', { input: 'photo' }),
      ask('video', 'Video?', { input: 'video' }),
      ask('voice', 'Voice?', { input: 'voice' }),
      ask('file', 'File?', { input: 'document' }),
      ask('more', 'More?', { input: 'any' }),
      say(
        'end',
        '{{ place.latitude }}, {{ whom.first_name }}, {{ photo.caption }}, ' +
          '{% if video.file_id and voice.file_id and file.file_id %}all{% endif %}, {{ more.type }}',
      ),
    ),
    lines: [
      ...[
        says('/start'),
        hears('Where?'),
        says('here'),
        hears('Please send a location.'),
        presses('Share my location'),
      ],
      ...[
        hears('Whom to call?'),
        sendsPhoto(),
        hears('Please share a contact.'),
        sends((ann) => ann.sendContact({ phone_number: '+1', first_name: 'Bob' })),
      ],
      ...[
        hears('Photo?'),
        sends((ann) => ann.sendVideo()),
        hears('Please send a photo.'),
        sends((ann) => ann.sendPhoto({ caption: 'Me' })),
      ],
      ...[
        hears('Video?'),
        sendsPhoto(),
        hears('Please send a video.'),
        sends((ann) => ann.sendVideo({ caption: 'Moving' })),
      ],
      ...[hears('Voice?'), says('la'), hears('Please send a voice message.'), sends((ann) => ann.sendVoice())],
      ...[
        hears('File?'),
        sends((ann) => ann.sendVoice()),
        hears('Please send a file.'),
        sends((ann) => ann.sendDocument()),
      ],
      ...[hears('More?'), sends((ann) => ann.sendVoice()), hears('52.52, Bob, Me, all, voice')],
    ],
  },
  {
    title: 'attempts are counted, and a word or a button leaves the question',
    flows: start(
      ask('age', 'Age?', {
        input: 'integer',
        max_tries: 2,
        on_max_tries: 'enough',
        skip: { words: ['later'], button: 'Skip', value: 18 },
        cancel: { words: ['/stop'], button: 'Leave', next: 'left' },
      }),
      say('end', 'Age {{ age }}', { next: null }),
      say('enough', 'Enough', { next: null }),
      say('left', 'Left', { next: null }),
    ),
    lines: [
      ...[
        says('/start'),
        hears('Age?', { keyboard: [['Skip', 'Leave']] }),
        says('a'),
        hears('Please send a whole number.'),
        says('b'),
        hears('Enough'),
      ],
      ...[says('/start'), hears('Age?'), says('a'), hears('Please send a whole number.'), says('7'), hears('Age 7')],
      ...[
        says('/start'),
        hears('Age?'),
        says('LATER'),
        hears('Age 18'),
        says('/start'),
        hears('Age?', { as: 'asked' }),
        presses('Skip'),
        seesCallbackNotice(''),
      ],
      ...[
        seesEditedMessage({ keyboard: [] }),
        hears('Age 18'),
        says('/start'),
        hears('Age?'),
        says('/stop'),
        hears('Left'),
      ],
      ...[
        says('/start'),
        hears('Age?'),
        presses('Leave'),
        seesCallbackNotice(''),
        seesEditedMessage({ keyboard: [] }),
        hears('Left'),
        receivesNothing(),
      ],
    ],
  },
];
