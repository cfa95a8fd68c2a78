import type { JsonObject } from '../../model/index.ts';

/** A text with places for values, parsed. Immutable; rendering it has no effect but its result. */
export interface Template {
  readonly source: string;
  /** The text itself, where nothing in it depends on anything; null otherwise. */
  readonly constant: string | null;
  /** Characters that stand in it literally. */
  readonly literal_length: number;
  /** What it reads, for the checks. */
  readonly reads: readonly VariableRead[];
  /** Names that it assigns for itself. */
  readonly assigns: readonly string[];
  /** Raises an Error when the template goes over a limit or a filter refuses its input. */
  render(scope: TemplateScope): string;
}

/** `{{ user.first_name }}` reads `['user', 'first_name']`. A segment that is only known when rendering ends the path. */
export interface VariableRead {
  readonly path: readonly string[];
  readonly line: number;
  readonly column: number;
}

/** What a template may read: plain data. */
export interface TemplateScope {
  readonly user: JsonObject;
  readonly bot: JsonObject;
  readonly message: JsonObject;
  readonly event: JsonObject;
  /** The session's variables, at top level in templates. */
  readonly variables: JsonObject;
}

/** How a value is written into the text around it; `mark`: between U+0000, for the parsers of `markup/`. */
export type Escape = 'none' | 'url' | 'mark';
