// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '../..');
const HOME = 'features/tiers/tier-access.ts';

const ordering = new Set([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.MinusToken,
]);
const equality = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

const speaksOfTiers = (node: ts.Expression) => /tier|level/i.test(node.getText());

/** Places that put tiers in an order, or ask for one by its number. */
function comparisonsIn(name: string, text: string): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node)) {
      const { left, right, operatorToken } = node;
      const isOrder = ordering.has(operatorToken.kind) && (speaksOfTiers(left) || speaksOfTiers(right));
      const isNumber =
        equality.has(operatorToken.kind) &&
        ((speaksOfTiers(left) && ts.isNumericLiteral(right)) ||
          (speaksOfTiers(right) && ts.isNumericLiteral(left)));
      if (isOrder || isNumber) found.push(`${name}: ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|^gql\//.test(name))
  .map((name) => relative('.', name));

describe('what a tier allows', () => {
  it('is worked out in one place: nothing else compares tiers or knows them by number', () => {
    expect(sources).toContain(HOME);
    const elsewhere = sources
      .filter((name) => name !== HOME)
      .flatMap((name) => comparisonsIn(name, readFileSync(join(SOURCE, name), 'utf8')));
    expect(elsewhere).toEqual([]);
  });

  it('would be found anywhere else', () => {
    expect(comparisonsIn(HOME, readFileSync(join(SOURCE, HOME), 'utf8'))).not.toEqual([]);
    for (const text of ['vendor.tier < 4', 'tier.level >= other', 'access.level === 4', 'a - vendor.tier'])
      expect(comparisonsIn('x.tsx', text)).toHaveLength(1);
    expect(comparisonsIn('x.tsx', 'locations.length < max')).toEqual([]);
  });
});
