import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { TEMPLATE_FILTERS, TEMPLATE_TAGS } from './src/flow/template/subset.ts';

/**
 * Takes LiquidJS and re2js into the build without what the flow language never uses: tags and filters outside its subset, Unicode's
 * tables, which JavaScript has itself, and what finds matches or is for long texts. Fails where those packages are not written as expected. Their licences go beside the build.
 *
 * @param folder - of the package that depends on them
 */
export function trimDependencies(folder: string): Plugin {
  const resolve = createRequire(join(folder, 'package.json')).resolve;
  const liquidjs = join(dirname(resolve('liquidjs')), 'liquid.browser.mjs');
  const re2js = join(dirname(resolve('re2js')), 'index.js');
  return {
    name: 'trim-dependencies',
    setup(build) {
      build.onResolve({ filter: /^liquidjs$/ }, () => ({ path: liquidjs, sideEffects: false }));
      build.onResolve({ filter: /^re2js$/ }, () => ({ path: re2js, sideEffects: false }));
      build.onLoad({ filter: /liquid\.browser\.mjs$/ }, async ({ path }) => ({
        contents: trimLiquid(await readFile(path, 'utf8')),
      }));
      build.onLoad({ filter: /re2js[\\/]build[\\/]index\.js$/ }, async ({ path }) => ({
        contents: trimRe2(await readFile(path, 'utf8'), join(folder, 'src/flow/pattern/unicode-ranges.ts')),
        resolveDir: folder,
      }));
      build.onEnd(async () => {
        const texts = await Promise.all(
          [join(dirname(liquidjs), '../LICENSE'), join(dirname(re2js), '../LICENSE')].map((file) =>
            readFile(file, 'utf8'),
          ),
        );
        await mkdir(join(folder, 'dist'), { recursive: true });
        await writeFile(
          join(folder, 'dist', 'third-party-licenses.txt'),
          `LiquidJS\n\n${texts[0] ?? ''}\n\nre2js\n\n${texts[1] ?? ''}`,
        );
      });
    },
  };
}

export function trimLiquid(source: string): string {
  const tags = TEMPLATE_TAGS.map(
    (name) => `${JSON.stringify(name)}: ${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Tag`,
  );
  const filters = TEMPLATE_FILTERS.map((name) => `${name}: ${name === 'default' ? 'defaultFilter' : name}`);
  const withTags = replaceOnce(source, /^const tags = \{[^}]*\n\};$/m, () => `const tags = { ${tags.join(', ')} };`);
  // The one statement that keeps the formats of dates, of which no filter is left.
  const undated = replaceOnce(withTags, /^formatCodes\.h = formatCodes\.b;$/m, () => '');
  return replaceOnce(
    undated,
    /^const filters = Object\.assign\(.*\);$/m,
    () => `const filters = { ${filters.join(', ')} };`,
  );
}

export function trimRe2(source: string, unicodeRanges: string): string {
  const categories = replaceOnce(source, /static CATEGORIES = new LazyMap\(\{([^}]*)\}\);/, (_, table) =>
    lazyMap('CATEGORIES', table, (name) => `\\p{${name}}`),
  );
  const scripts = replaceOnce(categories, /static SCRIPTS = new LazyMap\(\{([^}]*)\}\);/, (_, table) =>
    lazyMap('SCRIPTS', table, (name) => (name === 'Unknown' ? '[\\p{Cn}\\p{Co}\\p{Cs}]' : `\\p{Script=${name}}`)),
  );
  // Of these it is asked with their equals in case: what is in the table as well does no harm.
  const folded = replaceOnce(scripts, /static FOLD_CATEGORIES = new LazyMap\(\{([^}]*)\}\);/, (_, table) =>
    lazyMap('FOLD_CATEGORIES', table, (name) => `\\p{${name}}`, 'i'),
  );
  const print = replaceOnce(
    folded,
    /decodeRanges\("[^"]*", false\)\);\n\t\treturn this\._Print/,
    () => `unicodeRanges('[ \\\\p{L}\\\\p{M}\\\\p{N}\\\\p{P}\\\\p{S}]'), true);\n\t\treturn this._Print`,
  );
  // A first look at whether a text can match at all, which pays for long ones: ours have 4096 characters at the most.
  const plain = replaceOnce(print, /^\s*const prefilter = PrefilterTree\.build\(re\);$/m, () => '');
  const unfiltered = replaceOnce(plain, /^\s*re2\.prefilter = prefilter\.type === .*$/m, () => '');
  // What finds and replaces matches: ours are only tested for.
  const quoting = replaceOnce(
    unfiltered,
    /^\tstatic quoteReplacement\(.*\) \{\n\t\treturn Matcher\.[^]*?^(?=\tstatic translateRegExp)/m,
    () => '',
  );
  const finding = replaceOnce(quoting, /^\tmatcher\(input\) \{[^]*?^(?=\ttest\(input\))/m, () => '');
  const tested = replaceOnce(finding, /^\texec\(input\) \{[^]*?^(?=\ttoString\(\))/m, () => '');
  // Sets of patterns, and the translation of other dialects.
  const rest = replaceOnce(tested, /^\/\/ src\/Set\.js$[^]*^(?=\/\/ src\/index\.js$)/m, () => '');
  const alone = replaceOnce(rest, /^(export \{.*), RE2Set(.* \};)$/m, (_, before) => `${before}, re };`);
  return `import { unicodeRanges } from ${JSON.stringify(unicodeRanges)};\n${alone}`;
}

function lazyMap(field: string, table: string, pattern: (name: string) => string, flags = ''): string {
  const names = [
    ...table.matchAll(/^\s*(\w+): \(\) => new UnicodeRangeTable\(decodeRanges\("[^"]*", (?:true|false)\)\),?$/gm),
  ].map((match) => match[1] ?? '');
  if (names.length !== table.trim().split('\n').length)
    throw new Error(`re2js writes its table ${field} in another way than trim-dependencies.ts knows.`);
  const [before = '', after = ''] = pattern('\n').split('\n');
  const special = names
    .filter((name) => pattern(name) !== before + name + after)
    .map((name) => `, ${name}: ${JSON.stringify(pattern(name))}`);
  return `static ${field} = new LazyMap(Object.fromEntries(${JSON.stringify(names.join(' '))}.split(' ').map((name) =>
    [name, () => new UnicodeRangeTable(unicodeRanges({ __proto__: null${special.join('')} }[name] ?? ${JSON.stringify(before)} + name + ${JSON.stringify(after)}, ${JSON.stringify(flags)}), true)])));`;
}

function replaceOnce(source: string, pattern: RegExp, replacement: (match: string, group: string) => string): string {
  const changed = source.replace(pattern, replacement);
  if (changed === source) throw new Error(`trim-dependencies.ts does not find ${pattern.source.slice(0, 40)}`);
  return changed;
}
