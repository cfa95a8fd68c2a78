import { numberMember, objectMember, textMember } from './content-of.ts';
import { REJECTED, type InputBehavior } from './input-behavior.ts';

export const contactBehavior: InputBehavior<'contact'> = {
  expects: () => 'Please share a contact.',
  read(_input, event) {
    const contact = objectMember(event.content, 'contact');
    const phone_number = contact === null ? null : textMember(contact, 'phone_number');
    if (contact === null || phone_number === null) return REJECTED;
    return {
      value: {
        phone_number,
        first_name: textMember(contact, 'first_name') ?? '',
        last_name: textMember(contact, 'last_name'),
        user_id: numberMember(contact, 'user_id'),
      },
    };
  },
};
