import type { Method } from '../sending/method-call.ts';
import { sendContent } from '../sending/send-content.ts';
import { defined } from '../state/rooms.ts';

export const sendContact: Method = (call) =>
  sendContent(call, {
    contact: defined({
      phone_number: call.parameters.string('phone_number'),
      first_name: call.parameters.string('first_name'),
      last_name: call.parameters.string('last_name'),
      vcard: call.parameters.string('vcard'),
    }),
  });
