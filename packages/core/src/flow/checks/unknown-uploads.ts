import { UPLOAD_LIMITS } from '../../model/index.ts';
import type { FlowAnalysis } from '../analyze-flow.ts';
import type { FlowProblem } from '../flow-problem.ts';

/** Finds uploads that the bot does not have, and those that are too large for their kind of media. */
export function unknownUploads({ steps }: FlowAnalysis, sizes: ReadonlyMap<string, number>): FlowProblem[] {
  return steps.flatMap(({ uploads, path: step }) => {
    const problems = uploads.flatMap(({ id, type, path }): FlowProblem[] => {
      const size = sizes.get(id);
      if (size === undefined)
        return [
          {
            path,
            code: 'unknown_upload',
            message: `The bot has no upload ${id}`,
            hint: 'Upload it first: POST /api/bots/{id}/uploads.',
          },
        ];
      return type === 'photo' && size > UPLOAD_LIMITS.photo
        ? [
            {
              path,
              code: 'too_big',
              message: 'Telegram allows photos of at most 10 MB',
              hint: 'Send it as a "document".',
            },
          ]
        : [];
    });
    const together = [...new Set(uploads.map(({ id }) => id))].reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0);
    if (together > UPLOAD_LIMITS.file)
      problems.push({
        path: `${step}/album`,
        code: 'too_big',
        message: 'Telegram allows at most 50 MB in one message or album',
      });
    return problems;
  });
}
