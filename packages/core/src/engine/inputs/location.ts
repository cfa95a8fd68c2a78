import { numberMember, objectMember } from './content-of.ts';
import { REJECTED, type InputBehavior } from './input-behavior.ts';
import { shareKeyboard } from './share-keyboard.ts';

export const locationBehavior: InputBehavior<'location'> = {
  expects: () => 'Please send a location.',
  read(_input, event) {
    const location = objectMember(event.content, 'location');
    if (location === null) return REJECTED;
    const [latitude, longitude] = [numberMember(location, 'latitude'), numberMember(location, 'longitude')];
    return latitude === null || longitude === null ? REJECTED : { value: { latitude, longitude } };
  },
  keyboard: (input, run) => shareKeyboard(input.button, 'request_location', run),
};
