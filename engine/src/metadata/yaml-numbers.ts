import type { ParseOptions, ScalarTag, Tags } from 'yaml';
import { exactNumber, isRawNumber } from '../request/exact-number.ts';

/**
 * Numbers of YAML with all of their digits: what a filter in a file says reaches Postgres as it is written.
 */

/** The tags of a YAML schema, its decimal numbers reading as the exact ones of JSON. */
export function withExactNumbers(tags: Tags): Tags {
  return tags.map((tag) =>
    typeof tag === 'object' && isDecimal(tag)
      ? {
          ...tag,
          resolve: (text: string, onError: (message: string) => void, options: ParseOptions) =>
            readExact(text) ?? tag.resolve(text, onError, options),
        }
      : tag,
  );
}

/** How such a number is written: as it was. */
export const exactNumberTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: isRawNumber,
  resolve: (text) => text,
  // A number met in a text is read by the schema's own tags.
  test: /^(?!)/,
  stringify: ({ value }) => (isRawNumber(value) ? value.rawJSON : String(value)),
};

function isDecimal(tag: Exclude<Tags[number], string>): tag is ScalarTag {
  return /:(?:int|float)$/.test(tag.tag) && !('collection' in tag && tag.collection);
}

/** A number that JavaScript would round; undefined for all others, and for what is no decimal number. */
function readExact(text: string): unknown {
  const parts = /^([-+]?)(\d*)(?:\.(\d*))?([eE][-+]?\d+)?$/.exec(text);
  if (!parts) return undefined;
  const [, sign, whole = '', fraction = '', exponent = ''] = parts;
  if (whole === '' && fraction === '') return undefined;
  const integer = whole.replace(/^0+/, '') || '0';
  const json = `${sign === '-' ? '-' : ''}${integer}${fraction === '' ? '' : `.${fraction}`}${exponent}`;
  const number = exactNumber(json);
  return isRawNumber(number) ? number : undefined;
}
