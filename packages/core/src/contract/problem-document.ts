import { z } from 'zod';

/** How every error is answered: RFC 9457, `application/problem+json`. */
export const problemDocument = z.object({
  type: z.string().describe('Address of the description of the code.'),
  title: z.string().describe('What the code means; always the same for a code.'),
  status: z.number().int(),
  detail: z.string().describe('What happened this time, and what to do.'),
  code: z.string().describe('Stable and machine readable.'),
  errors: z
    .array(
      z.object({
        path: z.string().describe('Where in the body, as a JSON pointer; for a query, `/` and the parameter.'),
        code: z.string(),
        message: z.string(),
        hint: z.string().optional(),
      }),
    )
    .describe('Everything that is wrong with what was sent, each with its place.'),
  reference: z.string().optional().describe('Names the entry in the log, with an internal error.'),
});
export type ProblemDocument = z.infer<typeof problemDocument>;
