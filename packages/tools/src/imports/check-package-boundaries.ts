import { posix } from 'node:path';
import { packageName } from './check-core-layers.ts';
import type { ImportSite, SourceFacts } from './source-file.ts';
import type { Violation } from './violation.ts';

/** Allowed imports of the published packages except the core; `type:` before a name allows only its types. */
const allowedImports: Readonly<Record<string, readonly string[]>> = {
  'packages/express': ['node:', 'express', '@botloom/core/http', 'type:@botloom/core'],
  'packages/fastify': ['node:', 'fastify', 'fastify-plugin', '@botloom/core/http', 'type:@botloom/core'],
  'packages/fake-telegram': ['node:'],
  'packages/testing': ['node:', 'vitest', '@botloom/core', '@botloom/core/*', '@botloom/fake-telegram'],
};

/** Checks that a file imports other packages only through their public entries, and only those its package may use. */
export function checkPackageBoundaries(facts: SourceFacts): Violation[] {
  const owner = facts.file.split('/').slice(0, 2).join('/');
  return facts.imports.flatMap((site) => {
    const reason = boundaryViolation(facts.file, owner, site) ?? packageViolation(facts.file, owner, site);
    return reason ? [{ file: facts.file, line: site.line, rule: reason }] : [];
  });
}

function boundaryViolation(file: string, owner: string, { specifier }: ImportSite): string | undefined {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    const isBuildFile = file === `${owner}/tsup.config.ts`;
    return target.startsWith(`${owner}/`) || isBuildFile
      ? undefined
      : `${specifier} leaves the package: import the other package's public entry`;
  }
  return /^@botloom\/[^/]+\/(src|dist)(\/|$)/.test(specifier)
    ? `${specifier} reaches into another package: import its public entry`
    : undefined;
}

function packageViolation(file: string, owner: string, site: ImportSite): string | undefined {
  const allowed = allowedImports[owner];
  if (!allowed || site.specifier.startsWith('.') || file.endsWith('.test.ts') || !file.startsWith(`${owner}/src/`))
    return undefined;
  const names = namesOf(site.specifier);
  if (names.some((name) => allowed.includes(name))) return undefined;
  if (names.some((name) => allowed.includes(`type:${name}`))) {
    return site.type_only ? undefined : `${owner} may import only types from ${site.specifier}`;
  }
  return `${owner} may not import ${site.specifier} (allowed: ${allowed.join(', ')})`;
}

function namesOf(specifier: string): string[] {
  if (specifier.startsWith('node:')) return ['node:'];
  const name = packageName(specifier);
  if (name === specifier) return [name];
  // Each entry of our packages has its own rule; a subpath of another package follows the rule of the package.
  return name.startsWith('@botloom/') ? [specifier, `${name}/*`] : [name];
}
