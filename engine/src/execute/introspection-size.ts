import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isType,
  isUnionType,
  type SelectionSetNode,
} from 'graphql';
import { EngineError } from '../errors.ts';
import type { Bounds } from '../guards/bounds.ts';

/** How much an answer to introspection holds. */
export interface IntrospectionSize {
  readonly fields: number;
  readonly bytes: number;
}

type Size = IntrospectionSize;

/** What is asked, and of what. */
export interface IntrospectionQuestion {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A schema, a type, a field, an argument, a directive: whatever introspection shows. */
type Shown = object;

/** Punctuation around a member, and what a short value such as `true` or a kind takes. */
const bytesOfMember = 4;
const bytesOfShortValue = 12;

/**
 * Refuses an introspection whose answer would hold more fields, or bytes, than the role may ask for, before it is
 * made. Counted from the schema: what a selection comes to for one type is worked out once, however often the type
 * is met, so counting costs far less than answering. Directives and type conditions only make an answer smaller.
 */
export function checkIntrospectionSize(
  { schema, document, variables }: IntrospectionQuestion,
  bounds: IntrospectionBounds,
  spent: IntrospectionSize,
): IntrospectionSize {
  if (
    bounds.introspectionFields === Number.POSITIVE_INFINITY &&
    bounds.answerBytes === Number.POSITIVE_INFINITY
  )
    return { fields: 0, bytes: 0 };
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition);
  }
  const known = new Map<SelectionSetNode, Map<Shown, Size>>();
  let worked = 0;

  const sizeOf = (shown: Shown, selectionSet: SelectionSetNode): Size => {
    const ofSet = known.get(selectionSet) ?? new Map<Shown, Size>();
    known.set(selectionSet, ofSet);
    const before = ofSet.get(shown);
    if (before) return before;
    // Each that is worked out stands in the answer at least once.
    worked += 1;
    refuseOversize({ fields: worked, bytes: 0 });
    let fields = 0;
    let bytes = 0;
    const add = (size: Size): void => {
      fields += size.fields;
      bytes += size.bytes;
      refuseOversize({ fields, bytes });
    };
    for (const selection of selectionSet.selections) {
      if (selection.kind === 'InlineFragment') add(sizeOf(shown, selection.selectionSet));
      else if (selection.kind === 'FragmentSpread') {
        const fragment = fragments.get(selection.name.value);
        if (fragment) add(sizeOf(shown, fragment.selectionSet));
      } else {
        const key = selection.alias?.value ?? selection.name.value;
        add({ fields: 1, bytes: key.length + bytesOfMember + valueBytes(shown, selection) });
        const { selectionSet: below } = selection;
        if (below)
          for (const child of childrenOf(schema, variables, shown, selection)) add(sizeOf(child, below));
      }
    }
    const size = { fields, bytes };
    ofSet.set(shown, size);
    return size;
  };

  const refuseOversize = ({ fields, bytes }: Size): void =>
    checkIntrospected(bounds, { fields: spent.fields + fields, bytes: spent.bytes + bytes });

  const operation = document.definitions.find((definition) => definition.kind === 'OperationDefinition');
  return operation ? sizeOf(roots, operation.selectionSet) : { fields: 0, bytes: 0 };
}

/** What of a role's bounds holds its introspection. */
export type IntrospectionBounds = Pick<Bounds, 'introspectionFields' | 'answerBytes'>;

/** Refuses what all introspection of one operation comes to when it is more than the role may ask for. */
export function checkIntrospected(bounds: IntrospectionBounds, { fields, bytes }: IntrospectionSize): void {
  const { introspectionFields: mostFields, answerBytes: mostBytes } = bounds;
  if (fields > mostFields) throw tooLarge('introspection-limit-exceeded', mostFields, 'fields');
  if (bytes > mostBytes) throw tooLarge('answer-size-limit-exceeded', mostBytes, 'bytes');
}

/** Stands for the query root, whose introspection fields lead to the schema and to one type. */
const roots: Shown = {};

function tooLarge(
  code: 'introspection-limit-exceeded' | 'answer-size-limit-exceeded',
  most: number,
  what: string,
): EngineError {
  return new EngineError(
    code,
    `the answer to the introspection would hold more than ${most} ${what}, which is the bound of the role: ask for fewer types or fields`,
    { path: '$' },
  );
}

function valueBytes(shown: Shown, { name, selectionSet }: FieldNode): number {
  if (selectionSet) return bytesOfMember;
  const value = (shown as Readonly<Record<string, unknown>>)[name.value];
  return typeof value === 'string' ? Buffer.byteLength(value) + bytesOfMember : bytesOfShortValue;
}

/** What a field of introspection leads to. */
function childrenOf(
  schema: GraphQLSchema,
  variables: IntrospectionQuestion['variables'],
  shown: Shown,
  field: FieldNode,
): readonly Shown[] {
  const name = field.name.value;
  if (shown === roots) return name === '__schema' ? [schema] : namedType(schema, variables, field);
  if (shown === schema) return childrenOfSchema(schema, name);
  if (isType(shown)) return childrenOfType(schema, shown, name);
  const { args, type } = shown as { readonly args?: readonly Shown[]; readonly type?: Shown };
  if (name === 'args') return args ?? [];
  return name === 'type' && type ? [type] : [];
}

/** The type that `__type` names. */
function namedType(
  schema: GraphQLSchema,
  variables: IntrospectionQuestion['variables'],
  field: FieldNode,
): readonly Shown[] {
  const given = field.arguments?.find(({ name }) => name.value === 'name')?.value;
  const name =
    given?.kind === 'Variable' ? variables[given.name.value] : given?.kind === 'StringValue' && given.value;
  const type = typeof name === 'string' ? schema.getType(name) : undefined;
  return type ? [type] : [];
}

function childrenOfSchema(schema: GraphQLSchema, name: string): readonly Shown[] {
  const orNone = (type: Shown | null | undefined): readonly Shown[] => (type ? [type] : []);
  switch (name) {
    case 'types':
      return Object.values(schema.getTypeMap());
    case 'directives':
      return schema.getDirectives();
    case 'queryType':
      return orNone(schema.getQueryType());
    case 'mutationType':
      return orNone(schema.getMutationType());
    case 'subscriptionType':
      return orNone(schema.getSubscriptionType());
    default:
      return [];
  }
}

function childrenOfType(schema: GraphQLSchema, type: Shown, name: string): readonly Shown[] {
  switch (name) {
    case 'ofType':
      return isListType(type) || isNonNullType(type) ? [type.ofType as Shown] : [];
    case 'fields':
      return isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    case 'inputFields':
      return isInputObjectType(type) ? Object.values(type.getFields()) : [];
    case 'enumValues':
      return isEnumType(type) ? type.getValues() : [];
    case 'interfaces':
      return isObjectType(type) || isInterfaceType(type) ? type.getInterfaces() : [];
    case 'possibleTypes':
      return isInterfaceType(type) || isUnionType(type) ? schema.getPossibleTypes(type) : [];
    default:
      return [];
  }
}
