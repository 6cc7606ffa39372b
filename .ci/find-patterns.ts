import ts from 'typescript';

/** A regular expression in a source file. */
export interface FoundPattern {
  readonly file: string;
  readonly line: number;
  /** Null where the pattern is put together at run time, so that nobody can tell what it will be. */
  readonly source: string | null;
  readonly flags: string;
}

/** Every regular expression literal and every `RegExp(…)` of a source text, by the compiler's own parser. */
export function findPatterns(file: string, text: string): readonly FoundPattern[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: FoundPattern[] = [];
  const add = (node: ts.Node, source: string | null, flags: string): void => {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
    found.push({ file, line: line + 1, source, flags });
  };
  const walk = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      add(node, node.text.slice(1, end), node.text.slice(end + 1));
    } else if (isRegExpCall(node)) {
      const [pattern, flags] = node.arguments ?? [];
      // `new RegExp(/…/, 'g')`: the literal is met further down.
      if (!pattern || !ts.isRegularExpressionLiteral(pattern)) {
        add(node, pattern ? textOf(pattern) : '(?:)', (flags && textOf(flags)) ?? '');
      }
    }
    ts.forEachChild(node, walk);
  };
  walk(tree);
  return found;
}

function isRegExpCall(node: ts.Node): node is ts.NewExpression | ts.CallExpression {
  return (
    (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'RegExp'
  );
}

function textOf(node: ts.Expression): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'String.raw') {
    return ts.isNoSubstitutionTemplateLiteral(node.template) ? (node.template.rawText ?? null) : null;
  }
  return null;
}
