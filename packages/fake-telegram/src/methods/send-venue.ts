import type { Method } from '../sending/method-call.ts';
import { sendContent } from '../sending/send-content.ts';
import { defined } from '../state/rooms.ts';
import { readCoordinates } from './send-location.ts';

export const sendVenue: Method = (call) => {
  const location = readCoordinates(call);
  return sendContent(call, {
    location,
    venue: {
      location,
      ...defined({
        title: call.parameters.string('title'),
        address: call.parameters.string('address'),
        foursquare_id: call.parameters.string('foursquare_id'),
        foursquare_type: call.parameters.string('foursquare_type'),
        google_place_id: call.parameters.string('google_place_id'),
        google_place_type: call.parameters.string('google_place_type'),
      }),
    },
  });
};
