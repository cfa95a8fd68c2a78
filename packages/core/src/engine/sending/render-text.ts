import { MarkupError, parseMarkup, withoutMarks, type CompiledText, type FormattedText } from '../../flow/index.ts';
import { addTrace, type Run } from '../run/run.ts';
import { render } from '../values/render.ts';

/**
 * Renders a text with its formatting. Formatting that cannot be parsed is sent as plain text: an unformatted message is
 * better than no message.
 */
export function renderText({ template, parse_mode }: CompiledText, run: Run, step_id: string): FormattedText {
  const rendered = render(template, run);
  if (parse_mode === null) return { text: rendered, entities: [] };
  try {
    return parseMarkup(rendered, parse_mode);
  } catch (error) {
    if (!(error instanceof MarkupError)) throw error;
    addTrace(run, 'markup_unreadable', step_id, error.message);
    return { text: withoutMarks(rendered), entities: [] };
  }
}
