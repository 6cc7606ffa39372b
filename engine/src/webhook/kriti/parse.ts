import { exactNumber } from '../../request/exact-number.ts';
import { KritiError, type KritiNode, type KritiOperator, type KritiScope, type KritiStep } from './types.ts';

/** Deeper templates are refused rather than left to the stack. */
const MAX_DEPTH = 100;

/** Infix operators from loose to tight, as each level binds. */
const LEVELS: readonly (readonly KritiOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<=', '>=', '<', '>', 'in'],
  ['??'],
];

const NAME = /[A-Za-z_$][\w$]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Parses a template that is a JSON value with `{{ … }}` in it. Throws KritiError, with the place. */
export function parseKriti(text: string, scope: KritiScope): KritiNode {
  const parser = new Parser(text, scope);
  const node = parser.value();
  parser.end();
  return node;
}

/** Parses a template that is a bare text with `{{ … }}` in it, such as a URL. Throws KritiError. */
export function parseKritiText(text: string, scope: KritiScope): KritiNode {
  return new Parser(text, scope).bareText();
}

class Parser {
  readonly #text: string;
  readonly #functions: ReadonlySet<string>;
  /** Names in sight; `range` brings its own. */
  readonly #names: string[];
  #at = 0;
  #depth = 0;

  constructor(text: string, scope: KritiScope) {
    this.#text = text;
    this.#functions = scope.functions;
    this.#names = [...scope.variables];
  }

  /** A JSON value, or braces that stand for one. */
  value(): KritiNode {
    return this.#nested(() => {
      this.#space();
      if (this.#take('{{')) return this.#braces();
      if (this.#take('{')) return this.#object(() => this.value());
      if (this.#take('[')) return this.#array(() => this.value());
      if (this.#take('"')) return this.#quoted('"');
      return this.#plain() ?? this.#fail('expected a JSON value or {{ … }}');
    });
  }

  bareText(): KritiNode {
    const parts: (string | KritiNode)[] = [];
    while (this.#at < this.#text.length) {
      if (this.#take('{{')) parts.push(this.#interpolation());
      else {
        const next = this.#text.indexOf('{{', this.#at);
        const end = next < 0 ? this.#text.length : next;
        parts.push(this.#text.slice(this.#at, end));
        this.#at = end;
      }
    }
    return { kind: 'text', parts };
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) this.#fail('expected the end of the template');
  }

  /** What follows `{{` where a value is wanted. */
  #braces(): KritiNode {
    if (this.#word('if')) return this.#if();
    if (this.#word('range')) return this.#range();
    return this.#interpolation();
  }

  #interpolation(): KritiNode {
    const node = this.#expression();
    this.#close();
    return node;
  }

  #if(): KritiNode {
    const branches: { condition: KritiNode; value: KritiNode }[] = [];
    do {
      const condition = this.#expression();
      this.#close();
      branches.push({ condition, value: this.value() });
      this.#open();
    } while (this.#word('elif'));
    if (!this.#word('else')) this.#fail('expected elif or else');
    this.#close();
    const otherwise = this.value();
    this.#endBlock();
    return { kind: 'if', branches, otherwise };
  }

  #range(): KritiNode {
    const index = this.#name();
    this.#expect(',');
    const item = this.#name();
    this.#expect(':=');
    const list = this.#expression();
    this.#close();
    const known = this.#names.length;
    this.#names.push(item);
    if (index !== '_') this.#names.push(index);
    const body = this.value();
    this.#names.length = known;
    this.#open();
    this.#endBlock(false);
    return { kind: 'range', index: index === '_' ? null : index, item, list, body };
  }

  #expression(level = 0): KritiNode {
    return this.#nested(() => {
      const operators = LEVELS[level];
      if (!operators) return this.#application();
      let left = this.#expression(level + 1);
      for (let operator = this.#operator(operators); operator; operator = this.#operator(operators)) {
        left = { kind: 'binary', operator, left, right: this.#expression(level + 1) };
      }
      return left;
    });
  }

  #operator(operators: readonly KritiOperator[]): KritiOperator | undefined {
    this.#space();
    return operators.find((operator) => (operator === 'in' ? this.#word('in') : this.#take(operator)));
  }

  /** A function before its argument, or a single term. */
  #application(): KritiNode {
    this.#space();
    const start = this.#at;
    const name = this.#match(NAME);
    if (name === null) return this.#term();
    if (this.#functions.has(name) && !this.#names.includes(name)) {
      return { kind: 'call', name, argument: this.#term() };
    }
    if (/^\s*\(/.test(this.#text.slice(this.#at, this.#at + 100))) {
      this.#at = start;
      this.#fail(`there is no function ${name}`);
    }
    this.#at = start;
    return this.#term();
  }

  #term(): KritiNode {
    this.#space();
    if (this.#take('(')) {
      const node = this.#expression();
      this.#expect(')');
      return node;
    }
    if (this.#take('{{')) return this.#nested(() => this.#braces());
    if (this.#take('{')) return this.#object(() => this.#expression());
    if (this.#take('[')) return this.#array(() => this.#expression());
    if (this.#take('"')) return this.#quoted('"');
    if (this.#take("'")) return this.#quoted("'");
    const plain = this.#plain();
    if (plain) return plain;
    const start = this.#at;
    const root = this.#match(NAME);
    if (root === null) return this.#fail('expected a value');
    if (!this.#names.includes(root)) {
      this.#at = start;
      return this.#fail(`${root} is unknown here; known are ${this.#names.join(', ')}`);
    }
    return { kind: 'path', root, steps: this.#steps() };
  }

  #steps(): KritiStep[] {
    const steps: KritiStep[] = [];
    for (;;) {
      const isOptional = this.#text.startsWith('?.', this.#at) || this.#text.startsWith('?[', this.#at);
      if (isOptional) this.#at += 1;
      if (this.#take('.')) {
        const key = this.#match(/[A-Za-z_$][\w$-]*/y);
        if (key === null) this.#fail('expected a name after the dot');
        else steps.push({ key, isOptional });
      } else if (this.#take('[')) {
        this.#space();
        const quote = this.#take("'") ? "'" : this.#take('"') ? '"' : null;
        const index = quote === null ? this.#match(/\d{1,9}/y) : null;
        if (quote !== null) steps.push({ key: this.#plainQuoted(quote), isOptional });
        else if (index !== null) steps.push({ key: Number(index), isOptional });
        else this.#fail("expected an index or a 'name'");
        this.#expect(']');
      } else return steps;
    }
  }

  #plainQuoted(quote: string): string {
    const node = this.#quoted(quote);
    if (node.kind === 'literal') return node.value as string;
    return this.#fail('a name in a path holds no {{ … }}');
  }

  /** A number, true, false or null. */
  #plain(): KritiNode | null {
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (this.#word(word)) return { kind: 'literal', value };
    }
    const number = this.#match(NUMBER);
    return number === null ? null : { kind: 'literal', value: exactNumber(number) };
  }

  #object(item: () => KritiNode): KritiNode {
    const members: (readonly [KritiNode, KritiNode])[] = [];
    this.#space();
    if (this.#take('}')) return { kind: 'object', members };
    do {
      this.#expect('"');
      const key = this.#quoted('"');
      this.#expect(':');
      members.push([key, item()]);
      this.#space();
    } while (this.#take(','));
    this.#expect('}');
    return { kind: 'object', members };
  }

  #array(item: () => KritiNode): KritiNode {
    const items: KritiNode[] = [];
    this.#space();
    if (this.#take(']')) return { kind: 'array', items };
    do {
      items.push(item());
      this.#space();
    } while (this.#take(','));
    this.#expect(']');
    return { kind: 'array', items };
  }

  /** The rest of a quoted text. */
  #quoted(quote: string): KritiNode {
    const parts: (string | KritiNode)[] = [];
    let text = '';
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined || char === '\n') return this.#fail('a text does not end');
      if (this.#take(quote)) break;
      if (this.#take('{{')) {
        if (text !== '') parts.push(text);
        text = '';
        parts.push(this.#interpolation());
      } else if (this.#take('\\')) text += this.#escape(quote);
      else {
        text += char;
        this.#at += 1;
      }
    }
    if (parts.length === 0) return { kind: 'literal', value: text };
    if (text !== '') parts.push(text);
    return { kind: 'text', parts };
  }

  #escape(quote: string): string {
    const code = this.#text[this.#at] ?? '';
    this.#at += 1;
    if (code === quote) return quote;
    if (code === 'u') {
      const hex = this.#match(/[0-9A-Fa-f]{4}/y);
      return hex === null
        ? this.#fail('expected four hexadecimal digits')
        : String.fromCharCode(parseInt(hex, 16));
    }
    return ESCAPES[code] ?? this.#fail(`\\${code} is no escape of JSON`);
  }

  #name(): string {
    this.#space();
    return this.#match(NAME) ?? this.#fail('expected a name');
  }

  #open(): void {
    this.#expect('{{');
  }

  #close(): void {
    this.#expect('}}');
  }

  /** The `end` of a block; after `else` its braces are still to be opened. */
  #endBlock(opens = true): void {
    if (opens) this.#open();
    if (!this.#word('end')) this.#fail('expected end');
    this.#close();
  }

  #nested<Result>(parse: () => Result): Result {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH * LEVELS.length) this.#fail('the template is nested too deeply');
    const result = parse();
    this.#depth -= 1;
    return result;
  }

  #space(): void {
    this.#match(/\s+/y);
  }

  #take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  /** A word that is not the beginning of a longer one. */
  #word(word: string): boolean {
    this.#space();
    if (!this.#text.startsWith(word, this.#at)) return false;
    if (/[\w$]/.test(this.#text[this.#at + word.length] ?? '')) return false;
    this.#at += word.length;
    return true;
  }

  #expect(token: string): void {
    this.#space();
    if (!this.#take(token)) this.#fail(`expected ${token}`);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return null;
    this.#at += found.length;
    return found;
  }

  #fail(problem: string): never {
    const before = this.#text.slice(0, this.#at);
    const line = before.split('\n').length;
    const column = this.#at - before.lastIndexOf('\n');
    throw new KritiError(`${problem} (line ${line}, column ${column})`);
  }
}
