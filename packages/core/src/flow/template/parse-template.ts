import {
  LiquidError,
  TokenKind,
  Variable,
  type Liquid,
  type Template as LiquidTemplate,
  type StaticAnalysis,
} from 'liquidjs';
import { FLOW_LIMITS } from '../limits.ts';
import { createLiquid } from './liquid.ts';
import { positionIn } from './position-in.ts';
import { parseSimpleTemplate } from './simple-template.ts';
import { TEMPLATE_FILTERS, TEMPLATE_TAGS } from './subset.ts';
import type { Escape, Template, TemplateScope, VariableRead } from './template.ts';

/** What is wrong with a template's source, and where in it (both count from 1). */
export interface TemplateProblem {
  readonly message: string;
  readonly hint?: string;
  readonly line: number;
  readonly column: number;
}

export type TemplateParse =
  | { readonly template: Template; readonly problem?: undefined }
  | { readonly template?: undefined; readonly problem: TemplateProblem };

/** Parses templates; keeps the LiquidJS instances that it needed. */
export type TemplateParser = (source: string, escape?: Escape) => TemplateParse;

/**
 * A parser for the templates of one or more documents.
 *
 * Texts that are constant or only have places like `{{ name }}` never meet LiquidJS: measured, they render forty times faster.
 *
 * @example
 * const parse = createTemplateParser();
 * const { template } = parse('Hello {{ user.first_name }}');
 */
export function createTemplateParser(): TemplateParser {
  const engines = new Map<Escape, Liquid>();
  return (source, escape = 'none') => {
    const problem = sizeProblem(source);
    if (problem !== null) return { problem };
    const simple = parseSimpleTemplate(source, escape);
    if (simple !== null) return { template: simple };
    let liquid = engines.get(escape);
    if (liquid === undefined) {
      liquid = createLiquid(escape);
      engines.set(escape, liquid);
    }
    return parseLiquidTemplate(liquid, source);
  };
}

/** The general case; exported so that a test can compare both ways. */
export function parseLiquidTemplate(liquid: Liquid, source: string): TemplateParse {
  try {
    const parsed = liquid.parse(source);
    const analysis = liquid.analyzeSync(parsed, { partials: false });
    return {
      template: {
        source,
        constant: null,
        literal_length: literalLength(parsed),
        reads: readsOf(analysis),
        assigns: Object.keys(analysis.locals),
        render: (scope) => renderLiquid(liquid, parsed, scope),
      },
    };
  } catch (error) {
    return { problem: toProblem(error) };
  }
}

function renderLiquid(liquid: Liquid, parsed: LiquidTemplate[], scope: TemplateScope): string {
  const { variables, ...namespaces } = scope;
  // Without a prototype, so that a template sees nothing that every object inherits; namespaces win.
  const data: unknown = Object.assign(Object.create(null), variables, namespaces);
  const rendered: unknown = liquid.renderSync(parsed, data as object);
  const text = typeof rendered === 'string' ? rendered : '';
  if (text.length > FLOW_LIMITS.rendered) throw new Error(`The text is longer than ${FLOW_LIMITS.rendered} characters`);
  return text;
}

/** Bounds that are checked before a parser sees the source. */
function sizeProblem(source: string): TemplateProblem | null {
  if (source.length > FLOW_LIMITS.template) {
    return { message: `The text is longer than ${FLOW_LIMITS.template} characters`, line: 1, column: 1 };
  }
  if (!source.includes('{')) return null;
  let nodes = 0;
  let depth = 0;
  for (const match of source.matchAll(/\{\{|\{%-?\s*(end)?(if|unless|case)?/g)) {
    nodes += 1;
    if (match[2] !== undefined) depth += match[1] === undefined ? 1 : -1;
    if (nodes > FLOW_LIMITS.templateNodes || depth > FLOW_LIMITS.templateDepth) {
      const message =
        nodes > FLOW_LIMITS.templateNodes
          ? `The text has more than ${FLOW_LIMITS.templateNodes} places and tags`
          : `Tags are nested deeper than ${FLOW_LIMITS.templateDepth}`;
      return { message, ...positionIn(source, match.index) };
    }
  }
  return null;
}

function literalLength(parsed: readonly LiquidTemplate[]): number {
  // Only what is sent in any case: what stands inside a tag may not be.
  return parsed.reduce((sum, part) => (part.token.kind === TokenKind.HTML ? sum + part.token.size() : sum), 0);
}

function readsOf(analysis: StaticAnalysis): VariableRead[] {
  return Object.values(analysis.globals).flatMap((uses) =>
    uses.map((use) => ({ path: knownSegments(use), line: use.location.row, column: use.location.col })),
  );
}

/** The segments up to the first that is computed (`list[index]`). */
function knownSegments(variable: Variable): string[] {
  const computed = variable.segments.findIndex((segment) => segment instanceof Variable);
  return (computed === -1 ? variable.segments : variable.segments.slice(0, computed)).map(String);
}

function toProblem(error: unknown): TemplateProblem {
  if (!LiquidError.is(error)) return { message: 'The text is not a valid template', line: 1, column: 1 };
  const [line = 1, column = 1] = error.token.getPosition();
  const cause: unknown = error.originalError;
  const reason = cause instanceof Error ? cause.message : (error.message.split(', line:')[0] ?? error.message);
  const hint = hintFor(reason);
  return { message: `The template is not valid: ${reason}`, line, column, ...(hint === undefined ? {} : { hint }) };
}

function hintFor(reason: string): string | undefined {
  if (reason.includes('undefined filter')) return `Filters: ${TEMPLATE_FILTERS.join(', ')}.`;
  if (/tag "?.*"? not found/.test(reason)) return `Tags: ${TEMPLATE_TAGS.join(', ')}, with elsif, else and when.`;
  return undefined;
}
