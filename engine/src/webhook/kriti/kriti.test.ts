import { describe, expect, it } from 'vitest';
import { evaluateKriti } from './evaluate.ts';
import { basicFunctions } from './functions.ts';
import { parseKriti, parseKritiText } from './parse.ts';
import type { KritiScope } from './types.ts';

const scope: KritiScope = {
  variables: new Set(['$body', '$session_variables']),
  functions: new Set(Object.keys(basicFunctions)),
};
const variables = {
  $body: {
    input: { name: 'Ada "the first"', age: 36, tags: ['a', 'b'], nothing: null, 'odd key': true },
    articles: [
      { id: 1, published: true },
      { id: 2, published: false },
    ],
  },
  $session_variables: { 'x-hasura-user-id': '7' },
};
const fill = (template: string): unknown => evaluateKriti(parseKriti(template, scope), { variables });
const fillText = (template: string): unknown => evaluateKriti(parseKritiText(template, scope), { variables });

describe('a template', () => {
  it('is JSON with values put into it', () => {
    expect(fill('{"a": [1, -2.5e1, "x\\n\\u00e9", null, true, {}], "b": {{ $body.input.tags }} }')).toEqual({
      a: [1, -25, 'x\né', null, true, {}],
      b: ['a', 'b'],
    });
    expect(fill('{{ {"a": {"b": $body.input.age}} }}')).toEqual({ a: { b: 36 } });
  });

  it('puts values into texts, where quotes of a value stay what they are', () => {
    expect(fill('"Hello {{$body.input.name}}, {{ $body.input.age }}!"')).toBe('Hello Ada "the first", 36!');
    expect(fill('{"{{$body.input.age}}": 1}')).toEqual({ '36': 1 });
    expect(fillText('https://host/{{ escapeUri $body.input.name }}?n={{$body.input.nothing}}')).toBe(
      'https://host/Ada%20%22the%20first%22?n=null',
    );
    expect(() => fill('"{{ $body.input.tags }}"')).toThrow('an array cannot stand inside a text');
  });

  it('follows paths by name, index and quoted name', () => {
    expect(fill(`{{ $body['input'].tags[1] }}`)).toBe('b');
    expect(fill(`{{ $body.input['odd key'] }}`)).toBe(true);
    expect(fill(`{{ $session_variables['x-hasura-user-id'] }}`)).toBe('7');
  });

  it('fails where a path leads nowhere, unless the step is optional', () => {
    expect(() => fill('{{ $body.input.missing }}')).toThrow("there is no $body['input']['missing']");
    expect(fill('{{ $body?.missing.further[3] }}')).toBeNull();
    expect(fill(`{{ $body.input?['missing'] ?? "instead" }}`)).toBe('instead');
    expect(fill('{{ $body.input.tags?[9] ?? $body.input.age }}')).toBe(36);
  });

  it('finds only what a value holds itself', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'length']) {
      expect(() => fill(`{{ $body.${name} }}`)).toThrow('there is no');
      expect(fill(`{{ $body.input.tags?['${name}'] }}`)).toBeNull();
    }
    const made = fill('{"__proto__": {"polluted": true}}') as Record<string, unknown>;
    expect(Object.keys(made)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('chooses with if, elif and else', () => {
    const template = (age: number) =>
      `{{ if $body.input.age > ${age} }} "older" {{ elif $body.input.age == ${age} }} "same" {{ else }} {"a": "younger"} {{ end }}`;
    expect(fill(template(30))).toBe('older');
    expect(fill(template(36))).toBe('same');
    expect(fill(template(40))).toEqual({ a: 'younger' });
    expect(() => fill('{{ if $body.input.age }} 1 {{ else }} 2 {{ end }}')).toThrow('neither true nor false');
  });

  it('loops with range, whose names end with it', () => {
    expect(
      fill(`{"list": {{ range i, x := $body.articles }}
        {{ if x.published && i < 5 }} {"id": {{ x.id }}, "at": {{ i }}} {{ else }} null {{ end }}
      {{ end }} }`),
    ).toEqual({ list: [{ id: 1, at: 0 }, null] });
    expect(
      fill('{{ range _, x := [[1, 2], [3]] }} {{ range _, x := x }} [{{ x }}] {{ end }} {{ end }}'),
    ).toEqual([[[1], [2]], [[3]]]);
    expect(() => fill('[{{ range _, x := [1] }} {{ x }} {{ end }}, {{ x }}]')).toThrow('x is unknown here');
    expect(() => fill('{{ range _, x := $body }} 1 {{ end }}')).toThrow('range needs an array');
  });

  it('compares, and binds operators as tightly as one expects', () => {
    expect(fill('{{ 1 == 1 && 2 < 3 || false }}')).toBe(true);
    expect(fill('{{ (1 >= 2) || not("a" != "a") }}')).toBe(true);
    expect(fill('{{ "a" in $body.input.tags && "name" in $body.input }}')).toBe(true);
    expect(fill('{{ [1, {"a": 2}] == [1, {"a": 2}] }}')).toBe(true);
    expect(() => fill('{{ 1 < "2" }}')).toThrow('compares two numbers or two texts');
  });

  it.each([
    ['empty({})', true],
    ['empty("a")', false],
    ['size([1, 2])', 2],
    ['size("été")', 3],
    ['inverse([1, 2])', [2, 1]],
    ['inverse(4)', 0.25],
    ['head("abc")', 'a'],
    ['tail([1, 2, 3])', [2, 3]],
    ['toCaseFold("AbC")', 'abc'],
    ['toLower("AbC")', 'abc'],
    ['toUpper "abc"', 'ABC'],
    ['toTitle("the cAt")', 'The Cat'],
    ['fromPairs([["a", 1]])', { a: 1 }],
    ['toPairs({"a": 1})', [['a', 1]]],
    ['removeNulls([1, null])', [1]],
    ['concat([[1], [2]])', [1, 2]],
    ['concat(["a", "b"])', 'ab'],
    ['concat([{"a": 1}, {"a": 2}])', { a: 2 }],
  ])('knows %s', (call, result) => {
    expect(fill(`{{ ${call} }}`)).toEqual(result);
  });

  it.each([
    ['{"a": }', 'expected a JSON value or {{ … }} (line 1, column 7)'],
    ['{{ $body.input', 'expected }} (line 1, column 15)'],
    [
      '{\n  "a": {{ $other }}\n}',
      '$other is unknown here; known are $body, $session_variables (line 2, column 11)',
    ],
    ['{{ shout("a") }}', 'there is no function shout (line 1, column 4)'],
    ['{{ if true }} 1 {{ end }}', 'expected elif or else (line 1, column 20)'],
    ['{{ $body + 1 }}', 'expected }} (line 1, column 10)'],
    ['"unfinished', 'a text does not end (line 1, column 12)'],
    ['1 2', 'expected the end of the template (line 1, column 3)'],
    ['['.repeat(5000), /nested too deeply/],
  ])('is refused with its place: %.40s', (template, message) => {
    expect(() => parseKriti(template, scope)).toThrow(message);
  });

  it('ends, whatever the values are', () => {
    const big = { ...variables, $body: { list: Array.from({ length: 2000 }, (_, index) => index) } };
    const node = parseKriti(
      '{{ range _, x := $body.list }} {{ range _, y := $body.list }} {{ y }} {{ end }} {{ end }}',
      scope,
    );
    expect(() => evaluateKriti(node, { variables: big })).toThrow('too many steps');
  });
});
