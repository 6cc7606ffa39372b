/** Values → CSV as RFC 4180 has it, safe to open in a spreadsheet. */

/** What a spreadsheet would take for a formula, or strip off to find one. */
const FORMULA = /^[=+\-@\t\r]/;
const SPECIAL = /[",\r\n]/;

/** One record with its line end. Null is an empty cell. */
export function csvRecord(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string | number | null): string {
  const text = String(value ?? '');
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return SPECIAL.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
