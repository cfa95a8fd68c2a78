import { z } from 'zod';
import { described } from './described.ts';

/** The body of every error response: a problem document of RFC 9457, `application/problem+json`. */
export const problemDocument = z.object({
  type: described(z.string(), 'URL of the description of the code.'),
  title: described(z.string(), 'Meaning of the code; always the same for one code.'),
  status: z.number().int(),
  detail: described(z.string(), 'Description of this error, and how to fix it.'),
  code: described(z.string(), 'Error code: stable and machine-readable.'),
  errors: described(
    z.array(
      z.object({
        path: described(z.string(), 'Place in the body, as a JSON Pointer; for a query, `/` and the parameter.'),
        code: z.string(),
        message: z.string(),
        hint: z.string().optional(),
      }),
    ),
    'Every problem in the request, with its place.',
  ),
  reference: described(z.string().optional(), 'ID of the log entry, for internal errors.'),
});
export type ProblemDocument = z.infer<typeof problemDocument>;
