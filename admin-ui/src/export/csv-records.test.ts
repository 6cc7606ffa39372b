import { describe, expect, it } from 'vitest';
import { CsvRecords } from './csv-records.ts';

const text = 'id,vendor\r\n1,"Quay, ""North"""\r\n2,"two\r\nlines"\r\n';

describe('CsvRecords', () => {
  it.each([1, 2, 5, 1000])('cuts the same records from pieces of %d', (size) => {
    const records = new CsvRecords();
    const found: string[] = [];
    for (let at = 0; at < text.length; at += size) found.push(...records.push(text.slice(at, at + size)));
    expect(found).toEqual(['id,vendor\r\n', '1,"Quay, ""North"""\r\n', '2,"two\r\nlines"\r\n']);
    expect(records.rest()).toBe('');
  });

  it('keeps what has not ended yet', () => {
    const records = new CsvRecords();
    expect(records.push('1,a\n2,"b')).toEqual(['1,a\n']);
    expect(records.rest()).toBe('2,"b');
  });
});
