import {
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isScalarType,
} from 'graphql';

/** An operation to begin with, made from what the role may see. */
export interface ExampleOperation {
  readonly title: string;
  readonly query: string;
}

const MAX_TABLES = 60;
const MAX_FIELDS = 6;

/** For each table that can be listed: list it, count it, watch it. */
export function makeExamples(schema: GraphQLSchema): readonly ExampleOperation[] {
  const queries = schema.getQueryType()?.getFields() ?? {};
  const subscriptions = schema.getSubscriptionType()?.getFields() ?? {};
  const examples: ExampleOperation[] = [];
  for (const field of Object.values(queries).filter(isListing).slice(0, MAX_TABLES)) {
    const { name } = field;
    const selection = selectScalars(field);
    const listing = `${name}(limit: 10) {\n    ${selection.join('\n    ')}\n  }`;
    examples.push({ title: `List ${name}`, query: `query List_${name} {\n  ${listing}\n}\n` });
    if (queries[`${name}_aggregate`]) {
      examples.push({
        title: `Count ${name}`,
        query: `query Count_${name} {\n  ${name}_aggregate {\n    aggregate {\n      count\n    }\n  }\n}\n`,
      });
    }
    if (subscriptions[name]) {
      examples.push({ title: `Watch ${name}`, query: `subscription Watch_${name} {\n  ${listing}\n}\n` });
    }
  }
  return examples;
}

type Field = GraphQLField<unknown, unknown>;

/** A root field that lists rows: a list of objects with a limit, and nothing that must be given. */
function isListing(field: Field): boolean {
  return (
    isListType(getNullableType(field.type)) &&
    isObjectType(getNamedType(field.type)) &&
    field.args.some((argument) => argument.name === 'limit') &&
    !field.args.some(isRequiredArgument) &&
    selectScalars(field).length > 0
  );
}

function selectScalars(field: Field): readonly string[] {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields())
    .filter((column) => {
      const leaf = getNullableType(column.type);
      return (isScalarType(leaf) || isEnumType(leaf)) && !column.args.some(isRequiredArgument);
    })
    .slice(0, MAX_FIELDS)
    .map((column) => column.name);
}
