import type { CaseResult, Exception } from './verdict.ts';

const BEGIN = '<!-- conformance: begin, written by `npm run conformance -- DIR --table` -->';
const END = '<!-- conformance: end -->';

/** Feature × status × case as Markdown, from a run. */
export function compatibilityTable(results: readonly CaseResult[], exceptions: readonly Exception[]): string {
  const reasons = new Map(exceptions.map((exception) => [exception.case, exception.reason]));
  const categories = Map.groupBy(results, ({ category }) => category);
  const rows = [...categories].sort(byName).map(([category, cases]) => {
    const passed = cases.filter(({ outcome }) => outcome === 'passed').length;
    const status = passed === cases.length ? 'all pass' : passed === 0 ? 'left out' : 'but for exceptions';
    const names = cases.map((entry) => {
      const name = shortName(entry);
      return entry.outcome === 'passed' ? name : `**${name}** (${entry.outcome})`;
    });
    return `| ${category} | ${status} | ${passed} of ${cases.length} | ${names.join(', ')} |`;
  });
  const leftOut = results.filter(({ outcome }) => outcome !== 'passed');
  const total = `${results.length - leftOut.length} of ${results.length} cases pass.`;
  return [
    total,
    '',
    '| feature | status | pass | cases |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    ...(leftOut.length === 0
      ? ['No case is left out.']
      : [
          '| case left out | reason |',
          '| --- | --- |',
          ...leftOut.map(({ id }) => `| ${id} | ${reasons.get(id) ?? 'none given yet'} |`),
        ]),
  ].join('\n');
}

/** A page with the table between its markers in the place of the one that was there. */
export function withTable(page: string, table: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`The page has no place for the table: ${BEGIN} … ${END}`);
  return `${page.slice(0, begin)}${BEGIN}\n${table}\n${page.slice(end)}`;
}

function shortName({ id, category }: CaseResult): string {
  return id
    .replace(`${category}/`, '')
    .replace(/\.yaml$/, '')
    .replaceAll('_', '\\_');
}

function byName([left]: [string, unknown], [right]: [string, unknown]): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
