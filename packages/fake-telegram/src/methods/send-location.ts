import { badRequest } from '../call/api-error.ts';
import type { Method, MethodCall } from '../sending/method-call.ts';
import { sendContent } from '../sending/send-content.ts';
import { defined } from '../state/rooms.ts';

export const sendLocation: Method = (call) =>
  sendContent(call, {
    location: {
      ...readCoordinates(call),
      ...defined({
        horizontal_accuracy: call.parameters.number('horizontal_accuracy'),
        live_period: call.parameters.number('live_period'),
        heading: call.parameters.number('heading'),
      }),
    },
  });

/** Reads a latitude and a longitude. */
export function readCoordinates({ parameters }: MethodCall): { latitude: number; longitude: number } {
  const latitude = parameters.number('latitude') ?? Number.NaN;
  const longitude = parameters.number('longitude') ?? Number.NaN;
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) throw badRequest('wrong coordinates specified');
  return { latitude, longitude };
}
