import { createHash } from 'node:crypto';
import { commonErrors, contract, listEndpoints, successStatus, type NamedEndpoint } from '../../contract/index.ts';
import { ERROR_CODES } from '../../errors/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { HtmlResult } from '../handlers/handlers-type.ts';
import { openApiDocument } from '../openapi/openapi-document.ts';
import { DOCS_STYLE } from './docs-style.ts';
import { escapeHtml, escapeProse } from './escape-html.ts';

/** Returns the reference page: one HTML document without scripts, generated from the contract. */
export function docsPage(base: string): HtmlResult {
  const endpoints = listEndpoints(contract);
  const document = openApiDocument(base);
  const groups = Object.keys(contract).map((group) => ({
    group,
    members: endpoints.filter((named) => named.group === group),
  }));
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Botloom API</title>
<style>${DOCS_STYLE}</style>
</head>
<body>
<nav aria-label="Endpoints">
${groups.map(navigation).join('\n')}
<h2>More</h2><ul><li><a href="#schemas">Records</a></li><li><a href="#errors">Errors</a></li></ul>
</nav>
<main>
<h1>Botloom API</h1>
<p>All paths are below <code>${escapeHtml(base === '' ? '/' : base)}</code>.
Send an API key with every request: <code>Authorization: Bearer botloom_…</code>.
Bodies are JSON. Lists have pages: <code>{"items": […], "next": cursor}</code>.
This reference is also available as <a href="${escapeHtml(base)}/api/openapi.json">OpenAPI 3.1</a>.</p>
${groups.map((group) => section(group, document)).join('\n')}
<h2 class="group" id="schemas">Records</h2>
${recordsOf(document)}
<h2 class="group" id="errors">Errors</h2>
<p>Errors are problem documents (RFC 9457) with the members <code>type</code>, <code>title</code>, <code>status</code>,
<code>detail</code>, <code>code</code> and <code>errors</code>.</p>
<table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead><tbody>
${Object.entries(ERROR_CODES)
  .map(
    ([code, { status, title: meaning }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(meaning)}</td></tr>`,
  )
  .join('\n')}
</tbody></table>
</main>
</body>
</html>
`;
  return { html, content_security_policy: CONTENT_SECURITY_POLICY };
}

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(DOCS_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface Group {
  readonly group: string;
  readonly members: readonly NamedEndpoint[];
}

function navigation({ group, members }: Group): string {
  return `<h2>${escapeHtml(title(group))}</h2><ul>${members.map(navigationEntry).join('')}</ul>`;
}

function section({ group, members }: Group, document: JsonObject): string {
  const articles = members.map((named) => article(named, document)).join('\n');
  return `<h2 class="group">${escapeHtml(title(group))}</h2>\n${articles}`;
}

function navigationEntry({ group, name, endpoint }: NamedEndpoint): string {
  return `<li><a href="#${group}.${name}">${escapeHtml(endpoint.summary)}</a></li>`;
}

function article({ group, name, endpoint }: NamedEndpoint, document: JsonObject): string {
  const operation = operationOf(document, endpoint.path, endpoint.method);
  const { permission } = endpoint;
  const needs = permission === null ? 'No API key needed.' : `Needs the permission <code>${permission}</code>.`;
  const errors = [...endpoint.errors, ...commonErrors(endpoint)];
  return `<article id="${group}.${name}">
<h3>${escapeHtml(endpoint.summary)}</h3>
<p class="call"><span class="method">${endpoint.method}</span> ${escapeHtml(endpoint.path)}</p>
${endpoint.description === undefined ? '' : `<p>${escapeProse(endpoint.description)}</p>`}
<p class="tag">${needs}
Status ${successStatus(endpoint)}. Client: <code>client.${group}.${name}</code></p>
${details('Parameters', operation.parameters)}
${details('Body', operation.requestBody)}
${details('Response', (operation.responses as JsonObject | undefined)?.[String(successStatus(endpoint))])}
<p class="tag">Errors: ${errors.map((code) => `<a href="#${code}">${code}</a>`).join(', ')}</p>
</article>`;
}

function recordsOf({ components }: JsonObject): string {
  const { schemas } = components as { readonly schemas: JsonObject };
  return Object.entries(schemas)
    .map(
      ([name, schema]) =>
        `<article id="schema.${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3>${json(schema)}</article>`,
    )
    .join('\n');
}

/** Botloom creates the document: paths contain items, items contain operations. */
function operationOf(document: JsonObject, path: string, method: string): JsonObject {
  const paths = document.paths as Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  return paths[path.replaceAll(/:([a-z_]+)/g, '{$1}')]?.[method.toLowerCase()] ?? {};
}

function details(label: string, value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
  return `<details><summary>${label}</summary>${json(value)}</details>`;
}

function json(value: unknown): string {
  const text = escapeHtml(JSON.stringify(value, null, 2));
  return `<pre>${text.replaceAll(/#\/components\/schemas\/([A-Za-z]+)/g, '<a href="#schema.$1">$1</a>')}</pre>`;
}

/** `deadLetters` → `Dead letters`. */
function title(group: string): string {
  const words = group.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
