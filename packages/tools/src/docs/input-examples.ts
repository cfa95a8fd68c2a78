import type { StepSourceMap } from '@botloom/core/flow';
import type { QuestionInput } from '@botloom/core/flow-schema';

/** A question with every input: an input without an example does not compile. */
export const INPUT_EXAMPLES: { readonly [Input in QuestionInput]: StepSourceMap['question'] } = {
  text: { id: 'code', type: 'question', text: 'Your code?', input: 'text', pattern: '^[A-Z]{3}-\\d+$', retry: 'Like ABC-123.' },
  number: { id: 'weight', type: 'question', text: 'How heavy is it, in kg?', input: 'number', min: 0.1, max: 30 },
  integer: { id: 'guests', type: 'question', text: 'How many are you?', input: 'integer', min: 1, max: 12 },
  email: { id: 'email', type: 'question', text: 'Your e-mail address?', input: 'email' },
  phone: { id: 'phone', type: 'question', text: 'Your phone number?', input: 'phone', button: 'Share my number' },
  url: { id: 'site', type: 'question', text: 'Your web site?', input: 'url', skip: { button: 'None' } },
  date: { id: 'day', type: 'question', text: 'Which day?', input: 'date', calendar: true, min: 'today', max: 'today+8w' },
  time: { id: 'time', type: 'question', text: 'At what time?', input: 'time', min: '18:00', max: '22:00' },
  datetime: { id: 'start', type: 'question', text: 'When does it begin?', input: 'datetime', min: 'now+30min', minute_step: 30 },
  yes_no: { id: 'sure', type: 'question', text: 'Are you sure?', input: 'yes_no' },
  choice: { id: 'plan', type: 'question', text: 'Which plan?', input: 'choice', options: ['Basic', { label: 'Pro, 12 €', value: 'pro' }] },
  multiple_choice: { id: 'days', type: 'question', text: 'Which days?', input: 'multiple_choice', options: ['Monday', 'Tuesday', 'Friday'], min: 1, max: 2 },
  rating: { id: 'stars', type: 'question', text: 'How was it?', input: 'rating' },
  location: { id: 'place', type: 'question', text: 'Where are you?', input: 'location', button: 'Share my location' },
  contact: { id: 'friend', type: 'question', text: 'Whom shall we invite?', input: 'contact' },
  photo: { id: 'photo', type: 'question', text: 'A photo, please.', input: 'photo' },
  video: { id: 'video', type: 'question', text: 'A video, please.', input: 'video' },
  voice: { id: 'voice', type: 'question', text: 'Tell us.', input: 'voice' },
  document: { id: 'bill', type: 'question', text: 'The bill, please.', input: 'document' },
  any: { id: 'more', type: 'question', text: 'Anything else?', input: 'any', skip: { words: ['no'] } },
};
