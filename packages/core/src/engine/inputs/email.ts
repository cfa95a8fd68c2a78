import { withoutMarks } from './ascii-digits.ts';
import { REFUSED, typedText, type InputBehaviour } from './input-behaviour.ts';

/**
 * Addresses that mail servers accept in practice: no quotes, no comments, a domain with a dot; letters of any script.
 */
const ADDRESS =
  /^[^\s@"<>()[\],;:\\.]+(?:\.[^\s@"<>()[\],;:\\.]+)*@((?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+[\p{L}][\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])$/u;

/** RFC 5321: maximum length of an address, and of the part before the @. */
const LONGEST = 254;
const LONGEST_NAME = 64;

export const emailBehaviour: InputBehaviour<'email'> = {
  expects: () => 'Please send an e-mail address, such as name@example.com.',
  read(_input, event) {
    const text = withoutMarks(typedText(event) ?? '').trim();
    if (text.length > LONGEST || text.indexOf('@') > LONGEST_NAME || !ADDRESS.test(text)) return REFUSED;
    const [name = '', domain = ''] = text.split('@');
    return { value: `${name}@${domain.toLowerCase()}` };
  },
};
