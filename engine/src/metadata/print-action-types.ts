import type { ActionMetadata, CustomTypesMetadata } from './types.ts';

/** The longest line on which an action's arguments stay. */
const LINE = 100;

interface Described {
  readonly description?: string | null;
}

interface Field extends Described {
  readonly name: string;
  readonly type: string;
}

/** actions.graphql: each action as a field of Query or Mutation, then the types, as the CLI lists them. */
export function printActionTypes(actions: readonly ActionMetadata[], types: CustomTypesMetadata): string {
  const blocks = [
    ...actions.map(printAction),
    ...(types.input_objects ?? []).map((type) => printFields('input', type, type.fields)),
    ...(types.objects ?? []).map((type) => printFields('type', type, type.fields)),
    ...(types.scalars ?? []).map((type) => `${describe(type, '')}scalar ${type.name}`),
    ...(types.enums ?? []).map(printEnum),
  ];
  return blocks.map((block) => `${block}\n`).join('\n');
}

function printAction({ name, definition }: ActionMetadata): string {
  const root = definition.type === 'query' ? 'Query' : 'Mutation';
  const given = definition.arguments ?? [];
  const oneLine = `  ${name}${given.length === 0 ? '' : `(${given.map(printField).join(', ')})`}: ${definition.output_type}`;
  const isShort = oneLine.length <= LINE && given.every(({ description }) => !description);
  const field = isShort
    ? oneLine
    : [
        `  ${name}(`,
        ...given.map((argument) => `${describe(argument, '    ')}    ${printField(argument)}`),
        `  ): ${definition.output_type}`,
      ].join('\n');
  return `type ${root} {\n${field}\n}`;
}

function printField({ name, type }: Field): string {
  return `${name}: ${type}`;
}

function printFields(keyword: string, type: Described & { name: string }, fields: readonly Field[]): string {
  const lines = fields.map((field) => `${describe(field, '  ')}  ${printField(field)}`);
  return `${describe(type, '')}${keyword} ${type.name} {\n${lines.join('\n')}\n}`;
}

function printEnum(type: NonNullable<CustomTypesMetadata['enums']>[number]): string {
  const values = type.values.map(
    (value) => `${describe(value, '  ')}  ${value.value}${value.is_deprecated ? ' @deprecated' : ''}`,
  );
  return `${describe(type, '')}enum ${type.name} {\n${values.join('\n')}\n}`;
}

/** A block string, which says any text but for its own quotes as it is. */
function describe({ description }: Described, indent: string): string {
  if (!description) return '';
  const lines = description.replaceAll('"""', '\\"""').split('\n');
  return [`"""`, ...lines, `"""`].map((line) => `${line === '' ? '' : indent}${line}\n`).join('');
}
