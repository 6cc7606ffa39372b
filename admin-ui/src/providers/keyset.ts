/** What a list is sorted by. */
export interface Sort {
  readonly field: string;
  readonly order: 'ASC' | 'DESC';
}

/**
 * What comes after a row in the order of a field, and of the id where the field is equal. The first condition repeats what
 * the second implies, in the form that an index can start from; `or` alone would be checked row by row from the very
 * first one. The field must not be null.
 */
export function beyondKey({ field, order }: Sort, value: unknown, id: unknown): Record<string, unknown> {
  const operator = order === 'ASC' ? '_gt' : '_lt';
  return {
    _and: [
      { [field]: { [`${operator}e`]: value } },
      { _or: [{ [field]: { [operator]: value } }, { id: { [operator]: id } }] },
    ],
  };
}
