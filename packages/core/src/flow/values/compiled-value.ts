import type { JsonValue } from '../../model/index.ts';
import type { Template } from '../template/template.ts';

/** A value that a step takes: written down, found in a place, or rendered. */
export type CompiledValue =
  | { readonly kind: 'constant'; readonly value: JsonValue }
  /** A text that is nothing but one place, `{{ items }}`: what stands there, of whatever type. */
  | { readonly kind: 'place'; readonly path: readonly string[] }
  | { readonly kind: 'text'; readonly template: Template }
  | { readonly kind: 'list'; readonly items: readonly CompiledValue[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, CompiledValue])[] };
