import { lookUp, type CompiledValue } from '../../flow/index.ts';
import type { JsonValue } from '../../model/index.ts';
import type { Run } from '../run/run.ts';
import { render, scopeFor } from './render.ts';

/**
 * Renders the templates in a value. Returns `undefined` where a path has no value.
 *
 * @throws Error - when rendering does
 */
export function evaluate(value: CompiledValue, run: Run): JsonValue | undefined {
  switch (value.kind) {
    case 'constant':
      return value.value;
    case 'place':
      return lookUp(value.path, scopeFor(run));
    case 'text':
      return render(value.template, run);
    case 'list':
      return value.items.map((item) => evaluate(item, run) ?? null);
    case 'object':
      return Object.fromEntries(value.members.map(([name, member]) => [name, evaluate(member, run) ?? null]));
  }
}
