import type { Template } from '../../flow/index.ts';
import type { Run } from '../run/run.ts';
import { EMPTY_LABEL_TEXT } from '../texts.ts';
import { render } from '../values/render.ts';

/** Renders a button's label; Telegram rejects an empty one. */
export function labelOf(template: Template, run: Run): string {
  const label = render(template, run);
  return label.trim() === '' ? EMPTY_LABEL_TEXT : label;
}
