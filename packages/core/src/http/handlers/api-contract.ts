import { contract } from '../../contract/index.ts';

const { webhook: _webhook, ...rest }: typeof contract = contract;

/** The contract without the webhook, which has a route of its own for speed. */
export const apiContract = rest;
export type ApiContract = typeof apiContract;
