/** The OpenAPI document → a page for people: plain HTML that needs no script. */

import type { OpenApiDocument, OperationObject, ParameterObject, ResponseObject } from './open-api.ts';
import type { JsonSchema } from './open-api-schemas.ts';

/** Renders the page. */
export function docsPage(document: OpenApiDocument): string {
  const { info, tags, components } = document;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(info.title)}</title>
<link rel="stylesheet" href="/api/docs/page.css">
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<nav aria-label="Contents">
<p class="brand">Tierline <span>REST API</span></p>
${tags.map(({ name }) => navigation(name, operationsOf(document, name))).join('\n')}
<h2>Shapes</h2>
<ul>${Object.keys(components.schemas)
    .map((name) => `<li><a href="#schema-${name}">${text(name)}</a></li>`)
    .join('')}</ul>
</nav>
<main id="content">
<h1>${text(info.title)}</h1>
<p class="lead">${text(info.description)}</p>
<p>Sign in with <a href="#login"><code>POST /api/auth/login</code></a> and send the access token as
<code>Authorization: Bearer …</code>. Unknown parameters and fields are refused. Other paths answer 404, other methods 405.
The whole description for programs is <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
${tags.map(({ name, description }) => section(name, description, operationsOf(document, name))).join('\n')}
<h2 id="shapes">Shapes</h2>
${Object.entries(components.schemas)
  .map(
    ([name, schema]) => `<article id="schema-${name}"><h3>${text(name)}</h3>${shapeTable(schema)}</article>`,
  )
  .join('\n')}
</main>
</body>
</html>
`;
}

interface NamedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
}

function operationsOf({ paths }: OpenApiDocument, tag: string): NamedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags.includes(tag))
      .map(([method, operation]) => ({ method, path, operation })),
  );
}

function navigation(name: string, operations: readonly NamedOperation[]): string {
  const items = operations.map(
    ({ method, operation }) =>
      `<li><a href="#${operation.operationId}">${verb(method)} ${text(operation.summary)}</a></li>`,
  );
  return `<h2>${text(name)}</h2><ul>${items.join('')}</ul>`;
}

function section(name: string, description: string, operations: readonly NamedOperation[]): string {
  return `<section><h2>${text(name)}</h2><p>${text(description)}</p>${operations.map(article).join('\n')}</section>`;
}

function article({ method, path, operation }: NamedOperation): string {
  const { operationId, summary, description, security, parameters = [], requestBody, responses } = operation;
  const body = requestBody?.content['application/json']?.schema;
  return `<article id="${operationId}">
<h3>${text(summary)}</h3>
<p class="path">${verb(method)} <code>${text(path)}</code></p>
${description === undefined ? '' : `<p>${text(description)}</p>`}
<p class="note">${security.length > 0 ? 'Needs a Bearer token.' : 'Needs no token.'}</p>
${parameters.length === 0 ? '' : parameterTable(parameters)}
${body === undefined ? '' : `<h4>Body${requestBody?.required === true ? '' : ' (may be left out)'}</h4>${shapeTable(body)}`}
<h4>Answers</h4>
${responseTable(responses)}
</article>`;
}

function parameterTable(parameters: readonly ParameterObject[]): string {
  const rows = parameters.map(({ name, in: place, required, description, schema }) => [
    `<code>${text(name)}</code>`,
    `${place}${required ? ', required' : ''}`,
    typeOf(schema),
    [text(description ?? ''), defaultOf(schema)].filter(Boolean).join(' '),
  ]);
  return `<h4>Parameters</h4>${table(['Name', 'Where', 'Type', 'Meaning'], rows)}`;
}

function responseTable(responses: Readonly<Record<string, ResponseObject>>): string {
  const rows = Object.entries(responses).map(([status, { description, content = {} }]) => {
    const isError = Number(status) >= 400;
    const shapes = Object.entries(content).map(([type, { schema }]) =>
      isError ? '<a href="#schema-Error">Error</a>' : type === 'text/csv' ? 'CSV' : shapeTable(schema),
    );
    return [`<code class="s${status[0]}">${status}</code>`, text(description), shapes.join('')];
  });
  return table(['Status', 'When', 'Body'], rows);
}

function shapeTable(schema: JsonSchema): string {
  const required = new Set(schema.required ?? []);
  const rows = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const own = property as JsonSchema;
    return [
      `<code>${text(name)}</code>${required.has(name) ? '' : ' <small>optional</small>'}`,
      typeOf(own),
      text(own.description ?? ''),
    ];
  });
  return rows.length === 0 ? typeOf(schema) : table(['Field', 'Type', 'Meaning'], rows);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((name) => `<th scope="col">${name}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
  return `<div class="table" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** A type in a few words; named ones link to their shape. */
function typeOf(schema: JsonSchema): string {
  const reference = /^#\/components\/schemas\/(\w+)$/.exec(schema.$ref ?? '')?.[1];
  if (reference !== undefined) return `<a href="#schema-${reference}">${reference}</a>`;
  if (schema.const !== undefined) return `<code>${text(JSON.stringify(schema.const))}</code>`;
  if (schema.enum !== undefined)
    return schema.enum.map((value) => `<code>${text(String(value))}</code>`).join(' | ');
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return options.map((option) => typeOf(option as JsonSchema)).join(' or ');
  if (schema.type === 'array') return `list of ${typeOf((schema.items ?? {}) as JsonSchema)}`;
  if (schema.type === 'object') {
    const fields = Object.entries(schema.properties ?? {});
    return `{ ${fields.map(([name, property]) => `${text(name)}: ${typeOf(property as JsonSchema)}`).join(', ')} }`;
  }
  const range = rangeOf(schema);
  return `${text(schema.format ?? String(schema.type ?? 'anything'))}${range === '' ? '' : `, ${range}`}`;
}

function rangeOf({ type, minimum, maximum, minLength, maxLength }: JsonSchema): string {
  const isText = type === 'string';
  const [low, high] = isText ? [minLength, maxLength] : [minimum, maximum];
  const unit = isText ? ' characters' : '';
  const isOpen = high === undefined || high >= Number.MAX_SAFE_INTEGER;
  if (low === undefined && isOpen) return '';
  if (isOpen) return `from ${low}${unit}`;
  return low === undefined ? `up to ${high}${unit}` : `${low} to ${high}${unit}`;
}

function defaultOf(schema: JsonSchema): string {
  return schema.default === undefined ? '' : `Default: <code>${text(String(schema.default))}</code>.`;
}

function verb(method: string): string {
  return `<span class="verb ${method}">${method.toUpperCase()}</span>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text inside HTML; what is between back quotes is code. */
function text(value: string): string {
  return value
    .replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
