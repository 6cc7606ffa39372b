/** zod → JSON Schema as OpenAPI 3.1 has it, with named schemas collected as components. */

import { z } from 'zod';

/** A JSON Schema (draft 2020-12). */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Schemas by name, for `#/components/schemas`. */
export type Components = Map<string, JsonSchema>;

/**
 * The JSON Schema of what is sent (`input`) or answered (`output`). A schema with `.meta({ id })` becomes a component and
 * is referred to.
 */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output', components: Components): JsonSchema {
  const {
    $schema: _draft,
    $defs = {},
    ...own
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // zod leaves the default of a field out that arrives as another type, as numbers in a query string do.
      const { def } = zodSchema._zod;
      if (def.type === 'default') jsonSchema.default = def.defaultValue as JsonSchema['default'];
    },
  });
  for (const [name, definition] of Object.entries($defs)) {
    const { id: _name, ...component } = definition;
    components.set(name, withComponentRefs(component));
  }
  return withComponentRefs(own);
}

function withComponentRefs(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
