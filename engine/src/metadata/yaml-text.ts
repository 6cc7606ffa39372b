import { Document, isScalar, parse, Scalar, visit } from 'yaml';
import { exactNumberTag } from './yaml-numbers.ts';

/** Texts that some reader of YAML takes for a number, a boolean or nothing. */
const ambiguous = /^(y|n|yes|no|on|off|true|false|null|~|)$/i;

/**
 * A value as YAML in the hand of Hasura's CLI: two spaces, lists indented, no folded lines, double quotes where a text
 * could be taken for something else and single ones where it could not stand alone.
 */
export function toYamlText(value: unknown): string {
  const document = new Document(value, {
    aliasDuplicateObjects: false,
    customTags: [exactNumberTag],
  });
  visit(document, {
    Scalar(_key, node) {
      if (isScalar(node) && typeof node.value === 'string' && needsDoubleQuotes(node.value)) {
        node.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  return document.toString({ lineWidth: 0, singleQuote: true, blockQuote: 'literal' });
}

function needsDoubleQuotes(text: string): boolean {
  if (text.startsWith('!include ') || ambiguous.test(text)) return true;
  return /^[-+.\d]/.test(text) && !text.includes('\n') && typeof parseScalar(text) !== 'string';
}

function parseScalar(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return text;
  }
}
