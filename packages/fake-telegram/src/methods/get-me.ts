import type { Method } from '../sending/method-call.ts';

export const getMe: Method = ({ bot }) => bot.user;
