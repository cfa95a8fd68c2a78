import type { Pattern } from '../pattern/compile-pattern.ts';
import type { CompiledValue } from '../values/compiled-value.ts';
import type { Operator } from './condition-schema.ts';

/** A condition that can be evaluated. */
export type CompiledCondition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly CompiledCondition[] }
  | { readonly kind: 'not'; readonly of: CompiledCondition }
  | CompiledComparison
  | {
      readonly kind: 'pattern';
      readonly path: readonly string[];
      readonly pattern: Pattern;
      readonly negated: boolean;
    };

export interface CompiledComparison {
  readonly kind: 'compare';
  readonly path: readonly string[];
  readonly op: Exclude<Operator, 'matches' | 'not_matches'>;
  /** Null for operators without a value to compare with. */
  readonly value: CompiledValue | null;
  readonly ignore_case: boolean;
}
