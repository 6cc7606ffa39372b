/** Values → CSV as RFC 4180 has it, safe to open in a spreadsheet. */

/**
 * What Excel, LibreOffice or Google Sheets takes for a formula, or strips off to find one: the four signs, also full-width
 * and small ones and the minus of typesetters, after whatever is not seen; and line ends and tabs.
 */
const FORMULA = /^(?:[\t\r\n]|[\s\p{Cf}]*[=+\-@\u2212\uFE62\uFE63\uFE66\uFE6B\uFF0B\uFF0D\uFF1D\uFF20])/u;
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

/** Begins a file, for spreadsheets that would take UTF-8 for something older. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** Writes moments as spreadsheets read them, `2026-05-03 14:05:00`, in a time zone. */
export function createTimeFormat(timeZone: string): (isoTime: string) => string {
  // Swedish dates are written that way.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (isoTime) => format.format(new Date(isoTime));
}
