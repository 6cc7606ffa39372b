import { type Asker, type Attack, addressOf, ask, repeat, type Target } from './attack.ts';

const stranger: Asker = { address: addressOf(2) };
const vendorOf = (target: Target): Asker => ({ address: addressOf(3), token: target.vendorToken });

const byLevels = 'query L($l: [Int!]) { tiers(where: {level: {_in: $l}}) { level } }';
const byConditions = 'query C($w: tiers_bool_exp!) { tiers(where: $w) { level } }';

/** What bodies, lists, conditions, nesting and answers can cost. Texts are made once: the attacker's time is not the servers'. */
export const sizeAttacks: readonly Attack[] = [
  {
    name: 'bodies of ten megabytes',
    outcome: /^(body-limit-exceeded|cut: )/,
    run: (target, signal, tell) => {
      const body = JSON.stringify({ query: '{tiers{level}}', variables: { a: 'x'.repeat(10_000_000) } });
      return repeat(3, signal, tell, (turn) =>
        ask(target, body, turn % 2 ? stranger : vendorOf(target), signal),
      );
    },
  },
  {
    name: 'lists of half a million numbers',
    outcome: /^(body-limit-exceeded|variables-limit-exceeded|list-limit-exceeded|cut: )/,
    run: (target, signal, tell) => {
      const body = JSON.stringify({ query: byLevels, variables: { l: Array(490_000).fill(1) } });
      return repeat(3, signal, tell, (turn) =>
        ask(target, body, turn % 2 ? stranger : vendorOf(target), signal),
      );
    },
  },
  {
    name: 'forty thousand conditions',
    outcome:
      /^(body-limit-exceeded|variables-limit-exceeded|condition-limit-exceeded|list-limit-exceeded|cut: )/,
    run: (target, signal, tell) => {
      const w = { _or: Array(40_000).fill({ level: { _eq: 1 } }) };
      const body = JSON.stringify({ query: byConditions, variables: { w } });
      return repeat(3, signal, tell, (turn) =>
        ask(target, body, turn % 2 ? stranger : vendorOf(target), signal),
      );
    },
  },
  {
    name: 'as many conditions as are allowed',
    outcome: /^(data|concurrency-limit-exceeded)$/,
    run: (target, signal, tell) =>
      repeat(8, signal, tell, (turn) => {
        const w = { _or: Array.from({ length: 950 }, (_, n) => ({ level: { _eq: turn + n } })) };
        return ask(target, { query: byConditions, variables: { w } }, vendorOf(target), signal);
      }),
  },
  {
    name: 'half a million brackets',
    outcome: /^(json-depth-limit-exceeded|body-limit-exceeded|cut: )/,
    run: (target, signal, tell) => {
      const body = `{"query":"{tiers{level}}","variables":{"a":${'['.repeat(490_000)}${']'.repeat(490_000)}}}`;
      return repeat(3, signal, tell, (turn) =>
        ask(target, body, turn % 2 ? stranger : vendorOf(target), signal),
      );
    },
  },
  {
    name: 'an answer of half a gigabyte',
    outcome: /^answer-(size|rows)-limit-exceeded$/,
    run: (target, signal, tell) => {
      const addresses = Array.from({ length: 11 }, (_, n) => `a${n}:address`).join(' ');
      const query = `{vendors{locations{vendor{locations{${addresses}}}}}}`;
      return repeat(3, signal, tell, () => ask(target, { query }, vendorOf(target), signal));
    },
  },
  {
    name: 'a table mutation again and again',
    outcome: /^(data|constraint-violation)$/,
    run: (target, signal, tell) =>
      repeat(4, signal, tell, (turn) => {
        const query = `mutation {
          insert_vendor_locations_one(object: {name: "n${turn}", address: "a", city: "c", country: "DE"}) { id }
          delete_vendor_locations(where: {name: {_eq: "n${turn}"}}) { affected_rows }
        }`;
        return ask(target, { query }, vendorOf(target), signal);
      }),
  },
];
