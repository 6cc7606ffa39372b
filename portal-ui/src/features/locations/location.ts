import { graphql } from '../../gql/gql.ts';
import type { LocationFragment } from '../../gql/graphql.ts';
import { isolated } from '../../lib/isolated.ts';
import { countCharacters, hasUnstorable } from '../../lib/text-rules.ts';
import type { Messages } from '../../messages/en.ts';

/** What the portal shows of a location. */
export const LocationDocument = graphql(`
  fragment Location on vendor_locations {
    id
    name
    address
    city
    country
  }
`);

/** A location as the portal reads it. */
export type Location = LocationFragment;

/** The texts of a location, as a form has them. */
export const locationFields = ['name', 'address', 'city', 'country'] as const;
export type LocationField = (typeof locationFields)[number];
export type LocationTexts = Readonly<Record<LocationField, string>>;

/** The bounds that the database keeps, in characters of the trimmed text. */
const most: Readonly<Record<LocationField, number>> = { name: 200, address: 500, city: 200, country: 200 };

/** The texts as they would be stored. */
export function trimmed(texts: LocationTexts): LocationTexts {
  const { name, address, city, country } = texts;
  return { name: name.trim(), address: address.trim(), city: city.trim(), country: country.trim() };
}

/** What is wrong with each field, in words. */
export function locationProblems(
  texts: LocationTexts,
  { locations }: Messages,
): Partial<Record<LocationField, string>> {
  const problems: Partial<Record<LocationField, string>> = {};
  for (const field of locationFields) {
    const text = texts[field].trim();
    if (text === '') problems[field] = locations.missing[field];
    else if (hasUnstorable(text)) problems[field] = locations.invalidText;
    else if (countCharacters(text) > most[field]) problems[field] = locations.tooLong(most[field]);
  }
  return problems;
}

/** Whether two locations say the same. */
export function saysTheSame(one: LocationTexts, other: LocationTexts): boolean {
  return locationFields.every((field) => one[field] === other[field]);
}

/** "12 Quay Street, Oban, Scotland" */
export function addressLine({ address, city, country }: LocationTexts): string {
  return [address, city, country].map(isolated).join(', ');
}
