import { numberIn, objectIn } from './content-of.ts';
import { REFUSED, type InputBehaviour } from './input-behaviour.ts';
import { shareKeyboard } from './share-keyboard.ts';

export const locationBehaviour: InputBehaviour<'location'> = {
  expects: () => 'Please send a location.',
  read(_input, event) {
    const location = objectIn(event.content, 'location');
    if (location === null) return REFUSED;
    const [latitude, longitude] = [numberIn(location, 'latitude'), numberIn(location, 'longitude')];
    return latitude === null || longitude === null ? REFUSED : { value: { latitude, longitude } };
  },
  keyboard: (input, run) => shareKeyboard(input.button, 'request_location', run),
};
