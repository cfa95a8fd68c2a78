import type { CompileContext } from '../compile-context.ts';
import type { Hinter } from '../did-you-mean.ts';
import type { FlowProblemCode } from '../flow-problem.ts';
import { FLOW_LIMITS } from '../limits.ts';
import { compilePattern } from '../pattern/compile-pattern.ts';
import { nameProblem } from '../template/names.ts';
import type { TemplateParser } from '../template/parse-template.ts';
import type { Template } from '../template/template.ts';
import { isAtOrBelow } from './parse-part.ts';
import type { RawStep } from './read-flow.ts';
import type { MutableFacts } from './step-facts.ts';

/** IDs of the steps of a document, in its order. */
export interface DocumentSteps {
  readonly ids: readonly (string | null)[];
  /** IDs of the steps that have one; `id_set` is the same for lookups. */
  readonly names: readonly string[];
  readonly id_set: ReadonlySet<string>;
  /** True if every step must have `next`. */
  readonly requires_next: boolean;
  readonly hint: Hinter;
  /** Number of patterns that the document may still have. */
  readonly patterns: { left: number };
}

/** The context in which one step is compiled: its reports and references become the step's facts. */
export function stepContext(
  facts: MutableFacts,
  stand_ins: ReadonlySet<string>,
  raw: RawStep,
  index: number,
  order: DocumentSteps,
  parse: TemplateParser,
): CompileContext {
  const at = (key: string): string => `${raw.path}${raw.renamed?.[key] ?? key}`;
  // What the schema has refused was left out: that is not missing.
  const isIncomplete = facts.problems.some(({ code }) => code !== 'unknown_key');
  const report = (key: string, code: FlowProblemCode, message: string, hint?: string): void => {
    if ((code === 'required' && isIncomplete) || isAtOrBelow(stand_ins, at(key))) return;
    facts.problems.push({ path: at(key), code, message, hint });
  };
  const link = (target: string, key: string, links = facts.links): string => {
    if (order.id_set.has(target)) links.push(target);
    else {
      facts.is_runnable = false;
      report(key, 'dangling_step', `There is no step "${target}"`, order.hint(target, order.names));
    }
    return target;
  };
  return {
    index,
    report,
    stepReference: (target, key) => link(target, key),
    deferredStepReference: (target, key) => link(target, key, facts.press_links),
    template(source, key, { escape = 'none', limit = FLOW_LIMITS.text, known: id_set } = {}) {
      const { template, problem } = parse(source, escape);
      if (problem !== undefined) {
        facts.is_runnable = false;
        report(
          key,
          'template_invalid',
          `${problem.message} (line ${problem.line}, column ${problem.column})`,
          problem.hint,
        );
        return UNREADABLE_TEMPLATE;
      }
      if (template.literal_length > limit)
        report(
          key,
          'text_too_long',
          `The text has ${template.literal_length} characters; Telegram allows ${limit}`,
          limit === FLOW_LIMITS.text ? 'Split it into two messages.' : undefined,
        );
      facts.templates.push({ reads: template.reads, assigns: template.assigns, path: at(key), known: id_set });
      return template;
    },
    next(target, key) {
      if (target === null) return null;
      if (target !== undefined) return link(target, key);
      if (order.requires_next) {
        const name = key.slice(key.lastIndexOf('/') + 1);
        report(
          key,
          'required',
          `"${name}" is missing`,
          `With "version": 1 every step needs "${name}"; null ends the flow.`,
        );
      }
      const following = order.requires_next ? null : (order.ids[index + 1] ?? null);
      if (following !== null) facts.links.push(following);
      return following;
    },
    flowReference(reference, key) {
      if (!isAtOrBelow(stand_ins, at(key))) facts.flows.push({ reference, path: at(key) });
      return reference;
    },
    readPath(path, source, key, id_set) {
      if (path !== null)
        facts.templates.push({ reads: [{ path, line: 1, column: 1 }], assigns: [], path: at(key), known: id_set });
      else
        report(
          key,
          'wrong_format',
          `"${source}" is not a valid path`,
          'Use a variable, or a path such as "user.language" or "items.0".',
        );
      return path ?? [];
    },
    pattern(source, key, options) {
      order.patterns.left -= 1;
      if (order.patterns.left < 0) {
        // Reported once, so that a document with thousands of patterns is not slow to check.
        if (order.patterns.left === -1)
          report(key, 'too_many_patterns', `The flow has more than ${FLOW_LIMITS.patterns} patterns`);
        return null;
      }
      const { pattern, problem } = compilePattern(source, options);
      if (problem === undefined) return pattern;
      report(key, 'pattern_invalid', problem.message, problem.hint);
      return null;
    },
    declareVariable(variable, key) {
      const objection = nameProblem(variable);
      if (objection !== null)
        report(
          key,
          'name_reserved',
          `The answer cannot be stored in this variable: ${objection}`,
          'Set "variable" of the question to another name.',
        );
      facts.sets.push(variable);
      return variable;
    },
    secret(name, key) {
      facts.secrets.push({ name, path: at(key) });
      return name;
    },
    upload(id, type, key) {
      if (!isAtOrBelow(stand_ins, at(key))) facts.uploads.push({ id, type, path: at(key) });
    },
    markWaiting() {
      facts.is_waiting = true;
    },
    customCallback(data, button, key) {
      if (!isAtOrBelow(stand_ins, at(key))) facts.callbacks.push({ data, button, path: at(key) });
      return data;
    },
  };
}

/** Replaces a template that could not be parsed, so that reading continues. A flow with it never runs. */
const UNREADABLE_TEMPLATE: Template = {
  source: '',
  constant: '',
  literal_length: 0,
  reads: [],
  assigns: [],
  render: () => '',
};
