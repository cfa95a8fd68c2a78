import { withoutMarks } from './ascii-digits.ts';
import { REJECTED, typedText, type InputBehavior } from './input-behavior.ts';

/**
 * Addresses that mail servers accept in practice: no quotes, no comments, a domain with a dot; letters of any script.
 */
const ADDRESS =
  /^[^\s@"<>()[\],;:\\.]+(?:\.[^\s@"<>()[\],;:\\.]+)*@((?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+[\p{L}][\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])$/u;

/** RFC 5321: maximum length of an address, and of the part before the @. */
const MAX_ADDRESS_LENGTH = 254;
const MAX_LOCAL_PART_LENGTH = 64;

export const emailBehavior: InputBehavior<'email'> = {
  expects: () => 'Please send an e-mail address, such as name@example.com.',
  read(_input, event) {
    const text = withoutMarks(typedText(event) ?? '').trim();
    if (text.length > MAX_ADDRESS_LENGTH || text.indexOf('@') > MAX_LOCAL_PART_LENGTH || !ADDRESS.test(text))
      return REJECTED;
    const [name = '', domain = ''] = text.split('@');
    return { value: `${name}@${domain.toLowerCase()}` };
  },
};
