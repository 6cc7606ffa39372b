import { type Asker, type Attack, addressOf, ask, repeat } from './attack.ts';

const stranger: Asker = { address: addressOf(1) };

/** What a document alone can cost: pattern matching, spreading, introspection, planning. */
export const documentAttacks: readonly Attack[] = [
  {
    name: 'a document that begins with forty hashes',
    outcome: /^data$/,
    run: (target, signal, tell) =>
      repeat(4, signal, tell, () =>
        ask(
          target,
          { query: `${'#'.repeat(40)}\nquery A{tiers{level}}`, operationName: 'A' },
          stranger,
          signal,
        ),
      ),
  },
  {
    name: 'fragments that spread the next one twice',
    outcome: /^validation-failed$/,
    run: (target, signal, tell) =>
      repeat(4, signal, tell, () => ask(target, { query: doubling(24) }, stranger, signal)),
  },
  {
    name: 'the schema asked for under many names',
    outcome: /^(introspection|node)-limit-exceeded$/,
    run: (target, signal, tell) =>
      repeat(4, signal, tell, (turn) => {
        const parts = Array.from(
          { length: 60 },
          (_, n) =>
            `a${turn}_${n}:__schema{types{name fields{name args{name type{name ofType{name}}} type{name ofType{name}}} inputFields{name type{name}}}}`,
        );
        return ask(target, { query: `{${parts.join(' ')}}` }, stranger, signal);
      }),
  },
  {
    name: 'queries that never repeat',
    outcome: /^data$/,
    run: (target, signal, tell) =>
      repeat(8, signal, tell, (turn) => {
        const names = Array.from({ length: 40 }, (_, n) => `n${turn}_${n}:name`);
        return ask(target, { query: `{tiers{${names.join(' ')}}}` }, { address: addressOf(turn) }, signal);
      }),
  },
  {
    name: 'patterns that are slow to match, fifty-five at once',
    outcome: /^(pattern-operator-refused|concurrency-limit-exceeded|time-limit-exceeded)$/,
    run: (target, signal, tell) =>
      repeat(55, signal, tell, (turn) => {
        const pattern = `(.*?a?){1,200}(.*?b?){1,200}\\1x${turn}`;
        const query = 'query P($p: String!) { tiers(where: {name: {_regex: $p}}) { level } }';
        return ask(target, { query, variables: { p: pattern } }, { address: addressOf(turn) }, signal);
      }),
  },
];

function doubling(depth: number): string {
  const parts = Array.from({ length: depth }, (_, n) => `fragment F${n} on tiers{...F${n + 1} ...F${n + 1}}`);
  return `{tiers{...F0}} ${parts.join(' ')}`;
}
