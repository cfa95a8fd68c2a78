import { contract } from '../../contract/index.ts';

const { webhook: _webhook, ...rest }: typeof contract = contract;

/** The contract without the webhook, which has its own route for speed. */
export const apiContract = rest;
export type ApiContract = typeof apiContract;
