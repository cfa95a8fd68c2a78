import type { Method } from './method.ts';

export const getMe: Method = ({ bot }) => bot.user;
