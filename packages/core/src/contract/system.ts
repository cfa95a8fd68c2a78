import { z } from 'zod';
import { jsonObject } from '../model/index.ts';
import { endpoint } from './endpoint.ts';

export const system = {
  health: endpoint({
    method: 'GET',
    path: '/api/healthz',
    permission: null,
    http_only: true,
    response: z.object({ status: z.literal('ok') }),
    errors: [],
    summary: 'Check that the process is alive',
  }),
  ready: endpoint({
    method: 'GET',
    path: '/api/readyz',
    permission: null,
    response: z.object({ status: z.literal('ready') }),
    errors: ['STORAGE_UNAVAILABLE'],
    summary: 'Check that the database is reachable and migrated',
  }),
  openapi: endpoint({
    method: 'GET',
    path: '/api/openapi.json',
    permission: null,
    http_only: true,
    response: jsonObject,
    errors: [],
    summary: 'Get this API as an OpenAPI 3.1 document',
  }),
  docs: endpoint({
    method: 'GET',
    path: '/api/docs',
    permission: null,
    http_only: true,
    response: 'html',
    errors: [],
    summary: 'Get this API as an HTML page',
  }),
};
