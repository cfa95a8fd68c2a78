import type * as FlowEntry from '@botloom/core/flow';

type Entry = Pick<typeof FlowEntry, 'compileFlow' | 'validateFlow'>;

/** Templates and patterns whose result could differ between build and sources: tags, filters, Unicode properties. */
const TEMPLATES = [
  '{% assign n = "5" | plus: 1 | minus: 2 | times: 3 | divided_by: 2 | round: 1 %}{{ n }}',
  '{{ nothing | default: "none" }}',
  '{% if user.first_name == "Ann" %}{{ user.first_name | upcase | append: "!" | prepend: "?" }}' +
    '{% elsif n %}x{% else %}y{% endif %}',
  '{% unless n %}{{ " aBc " | strip | capitalize | replace: "b", "d" | downcase | truncate: 2 }}{% endunless %}',
  '{% case user.language %}{% when "de" %}Hallo{% else %}{{ list | join: "+" }} {{ list | size }}{% endcase %}',
  '{{ user | json }}',
  '{% for a in list %}{% endfor %}',
  '{{ "now" | date: "%Y" }}',
  // No build may load a file: LiquidJS has a file system in Node.js and XMLHttpRequest in browsers.
  '{% include "package.json" %}',
  '{% render "/etc/hosts" %}',
  '{% layout "https://example.com/x" %}',
];
const PATTERNS = [
  '\\p{L}',
  '\\p{Lu}',
  '\\p{Ll}',
  '\\p{Lt}',
  '\\p{Uppercase}',
  '\\P{Lu}',
  '\\p{Cyrillic}',
  '[\\p{Han}\\p{Nd}]',
  '\\p{Emoji}',
  '\\p{Unknown}',
  '\\p{Cs}',
  '(?i)ÄÖſk',
  '[[:^alpha:]]',
  '\\p{Klingon}',
  '(a+)+$',
  '\\d{2}',
  '(?=x)',
];
const TEXTS = [
  'a',
  'K',
  'ǅ',
  'ǆ',
  'ſ',
  'ͅ',
  'ä',
  'ж',
  'Ж',
  '漢',
  '٣',
  '😀',
  '12',
  '\u{10ffff}',
  'äösK',
  '',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!',
];
const SCOPE = {
  user: { first_name: 'Ann', language: null },
  bot: { id: 'b', name: 'Bot', username: 'bot' },
  message: { text: 'hi' },
  event: { kind: 'message', command: null, args: null, data: null },
  variables: { list: ['a', 'b'] },
};

/** Returns a message for every sample that two builds of the flow language treat differently. */
export function compareFlows(one: Entry, other: Entry): string[] {
  return [
    ...TEMPLATES.filter((text) => renderTemplate(one, text) !== renderTemplate(other, text)),
    ...PATTERNS.flatMap((pattern) => [pattern, `(?i)${pattern}`]).filter(
      (pattern) => matches(one, pattern) !== matches(other, pattern),
    ),
  ].map((text) => `the build and the sources differ for ${text}`);
}

function renderTemplate(entry: Entry, text: string): string {
  const data = { steps: [{ id: 'a', type: 'message', text }] };
  const problems = entry.validateFlow(data);
  if (problems.some(({ code }) => code === 'template_invalid')) return JSON.stringify(problems);
  const [step] = entry.compileFlow(data).list;
  return step?.kind === 'message' && step.text !== null ? step.text.template.render(SCOPE) : 'no text';
}

function matches(entry: Entry, pattern: string): string {
  const data = { steps: [{ id: 'a', type: 'question', text: 'x', pattern }] };
  const problems = entry.validateFlow(data);
  if (problems.length > 0) return JSON.stringify(problems);
  const [step] = entry.compileFlow(data).list;
  const taken = step?.kind === 'question' && step.input.input === 'text' ? step.input.pattern : null;
  return JSON.stringify(TEXTS.map((text) => taken?.test(text)));
}
