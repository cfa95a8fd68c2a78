import { REJECTED, typedText, type InputBehavior } from './input-behavior.ts';

export const textBehavior: InputBehavior<'text'> = {
  expects({ min_length, max_length }) {
    if (min_length !== null && max_length !== null)
      return `Please answer with a text of ${min_length} to ${max_length} characters.`;
    if (min_length !== null) return `Please answer with a text of at least ${min_length} characters.`;
    if (max_length !== null) return `Please answer with a text of at most ${max_length} characters.`;
    return 'Please answer with a text message.';
  },
  read({ min_length, max_length, pattern }, event) {
    const text = typedText(event);
    if (text === null) return REJECTED;
    // Counted as people do: an emoji is one.
    const length = min_length === null && max_length === null ? 0 : [...text.trim()].length;
    if ((min_length !== null && length < min_length) || (max_length !== null && length > max_length)) return REJECTED;
    if (pattern !== null && !pattern.test(text)) return { refused: 'Please answer in the requested format.' };
    return { value: text };
  },
};
