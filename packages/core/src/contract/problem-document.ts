import { z } from 'zod';

/** The body of every error response: a problem document of RFC 9457, `application/problem+json`. */
export const problemDocument = z.object({
  type: z.string().describe('URL of the description of the code.'),
  title: z.string().describe('Meaning of the code; always the same for one code.'),
  status: z.number().int(),
  detail: z.string().describe('Description of this error, and how to fix it.'),
  code: z.string().describe('Error code: stable and machine-readable.'),
  errors: z
    .array(
      z.object({
        path: z.string().describe('Place in the body, as a JSON Pointer; for a query, `/` and the parameter.'),
        code: z.string(),
        message: z.string(),
        hint: z.string().optional(),
      }),
    )
    .describe('Every problem in the request, with its place.'),
  reference: z.string().optional().describe('ID of the log entry, for internal errors.'),
});
export type ProblemDocument = z.infer<typeof problemDocument>;
