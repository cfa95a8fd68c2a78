import { Liquid } from 'liquidjs';
import { FLOW_LIMITS } from '../limits.ts';
import { renderValue } from './render-value.ts';
import { TEMPLATE_FILTERS, TEMPLATE_TAGS } from './subset.ts';
import type { Escape } from './template.ts';

/** A LiquidJS that knows nothing but the subset, reads own properties only and has hard limits. */
export function createLiquid(escape: Escape): Liquid {
  const liquid = new Liquid({
    // Looking up the machine's takes longer than compiling a flow, and dates are none of ours.
    locale: 'en-US',
    ownPropertyOnly: true,
    strictFilters: true,
    outputEscape: (value) => renderValue(value, escape),
    parseLimit: FLOW_LIMITS.template,
    // Milliseconds. Without loops, the other two limits bound the work to a few of them; a tight limit would only ever meet a process
    // that was paused just then, and end somebody's flow for it.
    renderLimit: 1000,
    memoryLimit: FLOW_LIMITS.rendered,
    templates: {},
    dynamicPartials: false,
  });
  removeAllExcept(liquid.tags, TEMPLATE_TAGS);
  removeAllExcept(liquid.filters, TEMPLATE_FILTERS);
  return liquid;
}

function removeAllExcept(table: Record<string, unknown>, names: readonly string[]): void {
  for (const name of Object.keys(table)) if (!names.includes(name)) delete table[name];
  // `{{ x | constructor }}` must not find what every object inherits.
  Object.setPrototypeOf(table, null);
}
