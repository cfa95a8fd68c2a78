import { badRequest } from '../call/api-error.ts';
import { isObject } from '../parameters/read-parameters.ts';
import type { Method } from '../sending/method-call.ts';
import { formatText } from '../sending/read-text.ts';
import { sendContent } from '../sending/send-content.ts';
import type { JsonObject } from '../telegram-objects.ts';

export const sendPoll: Method = (call) => {
  const { parameters, world } = call;
  const question = formatText(
    parameters.string('question') ?? '',
    parameters.string('question_parse_mode'),
    parameters.list('question_entities'),
  );
  const type = parameters.string('type') ?? 'regular';
  const correct = parameters.list('correct_option_ids');
  if (type === 'quiz' && !correct) throw badRequest('quiz must have correct option identifier specified');
  const options = parameters.list('options') ?? [];
  if (correct?.some((option) => typeof option !== 'number' || option < 0 || option >= options.length))
    throw badRequest('wrong correct option ID specified');
  return sendContent(call, {
    poll: {
      id: String(world.nextId('callback')),
      question: question.text,
      ...(question.entities.length > 0 ? { question_entities: question.entities } : {}),
      options: options.map(pollOption),
      total_voter_count: 0,
      is_closed: parameters.boolean('is_closed'),
      is_anonymous: parameters.values.is_anonymous !== false,
      type,
      allows_multiple_answers: parameters.boolean('allows_multiple_answers'),
      allows_revoting: parameters.values.allows_revoting !== false,
      members_only: parameters.boolean('members_only'),
      ...(correct ? { correct_option_ids: correct } : {}),
    },
  });
};

function pollOption(option: unknown, index: number): JsonObject {
  const text = isObject(option) && typeof option.text === 'string' ? option.text : '';
  return { persistent_id: String(index), text, voter_count: 0 };
}
