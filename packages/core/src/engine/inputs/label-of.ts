import type { Template } from '../../flow/index.ts';
import type { Run } from '../run/run.ts';
import { UNREADABLE_LABEL } from '../texts.ts';
import { render } from '../values/render.ts';

/** Renders a button's label; Telegram rejects an empty one. */
export function labelOf(template: Template, run: Run): string {
  const label = render(template, run);
  return label.trim() === '' ? UNREADABLE_LABEL : label;
}
