/** Reads CSV by the grammar of RFC 4180, and refuses what is not. */
export function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let position = 0;
  while (position < text.length) {
    const quoted = /"((?:[^"]|"")*)"(,|\r\n)/y;
    const plain = /([^",\r\n]*)(,|\r\n)/y;
    quoted.lastIndex = position;
    plain.lastIndex = position;
    const match = quoted.exec(text);
    const field = match ?? plain.exec(text);
    if (field === null) throw new Error(`not RFC 4180 at character ${position}`);
    const [whole, value = '', end] = field;
    record.push(match === null ? value : value.replaceAll('""', '"'));
    position += whole.length;
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  if (record.length > 0) throw new Error('the last record has no line end');
  return records;
}
