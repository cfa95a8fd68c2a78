import { posix } from 'node:path';
import { coreLayers, networkModules, type LayerRule } from './core-layers.ts';
import type { ImportSite, SourceFacts } from './source-file.ts';
import type { Violation } from './violation.ts';

const coreSource = 'packages/core/src/';

/**
 * Checks one file of the core against its layer's row. Tests may import anything: fixtures, clocks and other layers.
 */
export function checkCoreLayers(facts: SourceFacts): Violation[] {
  if (!facts.file.startsWith(coreSource) || facts.file.endsWith('.test.ts')) return [];
  const layer = layerOf(facts.file);
  const rule = coreLayers[layer];
  if (!rule) {
    return [
      {
        file: facts.file,
        line: 1,
        rule: `${layer}/ is not a layer of the core: the layers are ${Object.keys(coreLayers).join(', ')}`,
      },
    ];
  }
  const found = facts.imports.flatMap((site) => {
    const reason = violationOf(facts.file, layer, rule, site);
    return reason ? [{ file: facts.file, line: site.line, rule: reason }] : [];
  });
  return [...found, ...checkGlobals(facts, layer, rule)];
}

function violationOf(file: string, layer: string, rule: LayerRule, site: ImportSite): string | undefined {
  return site.specifier.startsWith('.')
    ? layerViolation(posix.join(posix.dirname(file), site.specifier), layer, rule, site.type_only)
    : packageViolation(site.specifier, layer, rule, site.type_only);
}

function layerViolation(target: string, layer: string, rule: LayerRule, typeOnly: boolean): string | undefined {
  // Another rule checks imports that leave the package.
  if (!target.startsWith(coreSource)) return undefined;
  const other = layerOf(target);
  if (other === layer || rule.layers.includes(other)) return undefined;
  if (rule.types_of?.includes(other)) {
    return typeOnly ? undefined : `${layer}/ may import only types from ${other}/`;
  }
  if (rule.files?.test(target.slice(coreSource.length).replace(/\.ts$/, ''))) return undefined;
  const allowed = [...rule.layers, ...(rule.types_of ?? []).map((name) => `${name} (types)`)].join(', ');
  return `${layer}/ may not import ${other}/ (allowed: ${allowed || 'nothing'})`;
}

function packageViolation(specifier: string, layer: string, rule: LayerRule, typeOnly: boolean): string | undefined {
  if (networkModules.test(specifier) && layer !== 'telegram' && layer !== 'outbound' && layer !== 'root' && !typeOnly) {
    return `${layer}/ may not import ${specifier}: the network is reached through telegram/ and outbound/ only`;
  }
  const name = specifier.startsWith('node:') ? 'node:' : packageName(specifier);
  if (rule.packages.includes(name)) return undefined;
  if (rule.package_types?.includes(name) && typeOnly) return undefined;
  return `${layer}/ may not import ${specifier} (allowed packages: ${rule.packages.join(', ') || 'none'})`;
}

function checkGlobals(facts: SourceFacts, layer: string, rule: LayerRule): Violation[] {
  const forbidden = rule.forbidden_globals;
  if (!forbidden) return [];
  return facts.globals
    .filter(({ expression }) => forbidden.pattern.test(expression))
    .map(({ expression, line }) => ({
      file: facts.file,
      line,
      rule: `${layer}/ may not use ${expression}: ${forbidden.reason}`,
    }));
}

function layerOf(file: string): string {
  const [folder, ...rest] = file.slice(coreSource.length).split('/');
  return rest.length === 0 || folder === undefined ? 'root' : folder;
}

/** `@scope/name/sub` → `@scope/name` */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
