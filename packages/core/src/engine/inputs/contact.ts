import { numberIn, objectIn, textIn } from './content-of.ts';
import { REFUSED, type InputBehaviour } from './input-behaviour.ts';

export const contactBehaviour: InputBehaviour<'contact'> = {
  expects: () => 'Please share a contact.',
  read(_input, event) {
    const contact = objectIn(event.content, 'contact');
    const phone_number = contact === null ? null : textIn(contact, 'phone_number');
    if (contact === null || phone_number === null) return REFUSED;
    return {
      value: {
        phone_number,
        first_name: textIn(contact, 'first_name') ?? '',
        last_name: textIn(contact, 'last_name'),
        user_id: numberIn(contact, 'user_id'),
      },
    };
  },
};
