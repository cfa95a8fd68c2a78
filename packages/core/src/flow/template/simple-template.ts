import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';
import { FLOW_LIMITS } from '../limits.ts';
import { isNamespace, KEYWORDS } from './names.ts';
import { positionIn } from './position-in.ts';
import { renderValue } from './render-value.ts';
import type { Escape, Template, TemplateScope, VariableRead } from './template.ts';

/** A text between two places, or the path that a place shows. */
type Part = string | readonly string[];

/** A hyphen at the end would be Liquid's whitespace control. */
const NAME = String.raw`[\p{L}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?`;
const PLACEHOLDER_PATTERN = new RegExp(String.raw`\{\{[ \t\n]*(${NAME}(?:\.${NAME})*)[ \t\n]*\}\}`, 'gu');

/** Members that Liquid computes instead of looking them up. */
const COMPUTED_MEMBERS: ReadonlySet<string> = new Set(['size', 'first', 'last', 'length']);

/**
 * Reads a template that is constant or has only plain places (`{{ user.first_name }}`); null when it needs LiquidJS.
 * It means the same as it does to LiquidJS: a property test compares the two.
 */
export function parseSimpleTemplate(source: string, escape: Escape): Template | null {
  if (!source.includes('{{') && !source.includes('{%')) return constantTemplate(source);
  const parts: Part[] = [];
  const reads: VariableRead[] = [];
  let end = 0;
  for (const match of source.matchAll(PLACEHOLDER_PATTERN)) {
    const path = (match[1] ?? '').split('.');
    if (KEYWORDS.has(path[0] ?? '') || path.some((name) => COMPUTED_MEMBERS.has(name))) return null;
    const before = source.slice(end, match.index);
    if (needsLiquid(before) || before.endsWith('{')) return null;
    if (before !== '') parts.push(before);
    parts.push(path);
    reads.push({ path, ...positionIn(source, match.index) });
    end = match.index + match[0].length;
  }
  const rest = source.slice(end);
  if (needsLiquid(rest)) return null;
  if (rest !== '') parts.push(rest);
  return {
    source,
    constant: null,
    literal_length: parts.reduce((sum, part) => (typeof part === 'string' ? sum + part.length : sum), 0),
    reads,
    assigns: [],
    render: (scope) => renderParts(parts, scope, escape),
  };
}

function constantTemplate(source: string): Template {
  return { source, constant: source, literal_length: source.length, reads: [], assigns: [], render: () => source };
}

/** Anything else that opens a place or a tag is for LiquidJS to read or to refuse. */
function needsLiquid(text: string): boolean {
  return text.includes('{{') || text.includes('{%');
}

function renderParts(parts: readonly Part[], scope: TemplateScope, escape: Escape): string {
  let text = '';
  for (const part of parts) {
    text += typeof part === 'string' ? part : renderValue(lookUp(part, scope), escape);
    if (text.length > FLOW_LIMITS.rendered)
      throw new Error(`The text is longer than ${FLOW_LIMITS.rendered} characters`);
  }
  return text;
}

function lookUp(path: readonly string[], scope: TemplateScope): JsonValue | undefined {
  const [root = '', ...rest] = path;
  // `session` and `secrets` are reserved and empty: no variable has these names, so they read as nothing.
  let value: JsonValue | undefined =
    isNamespace(root) && root !== 'session' && root !== 'secrets' ? scope[root] : ownValue(scope.variables, root);
  for (const name of rest) {
    if (!isJsonObject(value)) return undefined;
    value = ownValue(value, name);
  }
  return value;
}

function ownValue(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
