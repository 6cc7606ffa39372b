/** Cuts CSV (RFC 4180) that arrives in pieces into records. */

const QUOTE = 34;
const LINE_FEED = 10;

/** Collects pieces of text and gives out the records that are whole, each with its line ending. */
export class CsvRecords {
  #text = '';
  #scanned = 0;
  #quoted = false;

  /** The records that this piece completes. A line break inside quotes belongs to its field. */
  push(piece: string): string[] {
    this.#text += piece;
    const records: string[] = [];
    let start = 0;
    for (let at = this.#scanned; at < this.#text.length; at += 1) {
      const code = this.#text.charCodeAt(at);
      // A doubled quote closes and opens again, which comes to the same.
      if (code === QUOTE) this.#quoted = !this.#quoted;
      else if (code === LINE_FEED && !this.#quoted) {
        records.push(this.#text.slice(start, at + 1));
        start = at + 1;
      }
    }
    this.#text = this.#text.slice(start);
    this.#scanned = this.#text.length;
    return records;
  }

  /** What is left when the last record has no line ending. */
  rest(): string {
    return this.#text;
  }
}
