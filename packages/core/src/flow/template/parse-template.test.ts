import { describe, expect, test } from 'vitest';
import { createTemplateParser, type TemplateProblem } from './parse-template.ts';
import type { Escape, TemplateScope } from './template.ts';

const parse = createTemplateParser();

const scope: TemplateScope = {
  user: { id: 'u1', first_name: 'Ann', last_name: null, attributes: { tier: 'gold', tags: ['a', 'b'] } },
  bot: { id: 'b1', name: 'Shop', username: 'shop_bot' },
  message: { text: 'hi' },
  event: { kind: 'message', command: null, args: null, data: null },
  variables: {
    name: 'Ann Lee',
    age: 30,
    half: 0.5,
    yes: true,
    list: ['x', 'y'],
    place: { city: 'Lisbon' },
    nothing: null,
    template: '{{ user.first_name }}{% if yes %}!{% endif %}',
  },
};

function rendered(source: string, escape?: Escape): string {
  const { template, problem } = parse(source, escape);
  if (template === undefined) throw new Error(problem.message);
  return template.render(scope);
}

function refused(source: string): TemplateProblem {
  const { problem } = parse(source);
  if (problem === undefined) throw new Error(`accepted: ${source}`);
  return problem;
}

describe('values', () => {
  test.each([
    ['Hello {{ user.first_name }}!', 'Hello Ann!'],
    ['{{name}} ({{ age }}, {{ half }}, {{ yes }})', 'Ann Lee (30, 0.5, true)'],
    ['[{{ user.last_name }}{{ missing }}{{ missing.deep }}{{ nothing }}{{ user.first_name.x }}]', '[]'],
    ['{{ list }} {{ place.city }} {{ place }}', 'x, y Lisbon {"city":"Lisbon"}'],
    ['{{ user.attributes.tier }}', 'gold'],
    ['{% if age >= 18 %}adult{% else %}child{% endif %}', 'adult'],
    ['{% unless yes %}no{% else %}yes{% endunless %}', 'yes'],
    ['{% case name %}{% when "Bob", "Ann Lee" %}known{% else %}new{% endcase %}', 'known'],
    ['{% assign double = age | times: 2 %}{{ double }}', '60'],
    [
      '{{ missing | default: "friend" }} {{ name | upcase | replace: "ANN", "A." }} {{ list | join: "+" }} {{ list.size }}',
      'friend A. LEE x+y 2',
    ],
    ['100 % sure, { not a place }, }} either', '100 % sure, { not a place }, }} either'],
  ])('%s', (source, text) => {
    expect(rendered(source)).toBe(text);
  });

  test('values in a URL are percent-encoded', () => {
    expect(rendered('https://example.com/?name={{ name }}&half={{ half | times: 2 }}&evil={{ template }}', 'url')).toBe(
      'https://example.com/?name=Ann%20Lee&half=1&evil=%7B%7B%20user.first_name%20%7D%7D%7B%25%20if%20yes%20%25%7D!%7B%25%20endif%20%25%7D',
    );
  });

  test('a problem has a line and a column, and a hint where there is one', () => {
    expect(refused('Hello\n  {{ name | shout }}')).toMatchObject({
      line: 2,
      column: 3,
      hint: expect.stringContaining('upcase'),
    });
    expect(refused('{% capture x %}{% endcapture %}')).toMatchObject({
      line: 1,
      column: 1,
      hint: expect.stringContaining('if, unless, case, assign'),
    });
    expect(refused('{% if yes %}')).toMatchObject({ line: 1, column: 1 });
    expect(refused('{{ name')).toMatchObject({ line: 1, column: 1 });
  });

  test('says what it reads and assigns', () => {
    const { template } = parse('{% assign x = age %}{{ x }} {% if user.phone %}{{ name }}{% endif %}');
    expect(template?.reads.map(({ path }) => path.join('.')).sort()).toEqual(['age', 'name', 'user.phone']);
    expect(template?.assigns).toEqual(['x']);
    expect(parse('a\n{{ name }}').template?.reads).toEqual([{ path: ['name'], line: 2, column: 1 }]);
  });
});

describe('attacks', () => {
  test('T1 what every object inherits is not there', () => {
    for (const path of [
      'user.constructor.name',
      'user.__proto__',
      'constructor',
      '__proto__.x',
      'user["constructor"]',
      'name.constructor',
      'place.toString',
      'list.constructor',
      'list.map',
    ]) {
      expect(rendered(`[{{ ${path} }}]`), path).toBe('[]');
      expect(rendered(`[{{ ${path} | append: "" }}]`), path).toBe('[]');
    }
    for (const filter of ['valueOf', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'raw', 'json'])
      expect(refused(`{{ user | ${filter} }}`).message).toContain('undefined filter');
  });

  test('T2 nested loops are refused', () => {
    expect(refused('{% for a in list %}{% for b in list %}x{% endfor %}{% endfor %}').message).toContain('not found');
  });

  test('T3 a loop over a huge range is refused, and a range is bounded', () => {
    expect(refused('{% for i in (1..100000000) %}{% endfor %}').message).toContain('not found');
    expect(() => rendered('{{ (1..100000000) | join }}')).toThrow('limit exceeded');
  });

  test('T4 doubling ends at the limit of memory', () => {
    const doubling = '{% assign a = a | append: a %}'.repeat(40);
    expect(() => rendered(`{% assign a = "0123456789" %}${doubling}{{ a }}`)).toThrow('limit exceeded');
    const splitless = '{% assign a = a | replace: "0", "00" %}'.repeat(40);
    expect(() => rendered(`{% assign a = "0" %}${splitless}{{ a }}`)).toThrow('limit exceeded');
  });

  test('T5 nothing is included, rendered or laid out', () => {
    for (const source of [
      "{% include '/etc/passwd' %}",
      "{% render 'x' %}",
      "{% layout 'x' %}",
      '{% raw %}x{% endraw %}',
      '{% liquid echo name %}',
      '{% tablerow x in list %}{% endtablerow %}',
    ]) {
      expect(refused(source).message, source).toContain('not found');
    }
  });

  test('T6 T7 filters with unbounded work are not there', () => {
    expect(refused('{{ name | strip_html }}').message).toContain('undefined filter');
    expect(refused('{{ name | date: "%10000000Y" }}').message).toContain('undefined filter');
  });

  test('T9 a value is never rendered again', () => {
    expect(rendered('{{ template }}')).toBe('{{ user.first_name }}{% if yes %}!{% endif %}');
    expect(rendered('{{ template | append: "" }}')).toBe('{{ user.first_name }}{% if yes %}!{% endif %}');
  });

  test('T12 size and depth are bounded before anything is parsed', () => {
    expect(refused('x'.repeat(8193)).message).toContain('longer than');
    expect(refused('{{a}}'.repeat(501))).toMatchObject({
      message: expect.stringContaining('more than 500'),
      line: 1,
      column: 2501,
    });
    expect(refused('{% if a %}'.repeat(300) + '{% endif %}'.repeat(300)).message).toContain('deeper than 16');
    expect(refused('{% if a %}'.repeat(17) + '{% endif %}'.repeat(17)).message).toContain('deeper than 16');
    expect(rendered('{% if yes %}'.repeat(16) + 'deep' + '{% endif %}'.repeat(16))).toBe('deep');
  });

  test('T14 there are no namespaces but those that are documented', () => {
    for (const path of [
      'secrets',
      'secrets.token',
      'bot.token',
      'env',
      'env.HOME',
      'process',
      'globalThis',
      'session',
      'variables.name',
      'program',
    ])
      expect(rendered(`[{{ ${path} }}]`), path).toBe('[]');
  });

  test('a text that renders too long is refused on both ways', () => {
    const long: TemplateScope = { ...scope, variables: { long: 'x'.repeat(60_000) } };
    expect(() => parse('{{ long }}{{ long }}').template?.render(long)).toThrow('longer than');
    expect(() => parse('{% if long %}{{ long }}{{ long }}{% endif %}').template?.render(long)).toThrow('longer than');
  });
});
