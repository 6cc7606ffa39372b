/**
 * About what one object of a parsed document takes, in bytes: a node with its hidden class' slots, or a list of nodes.
 * Measured on V8 over twenty shapes of documents: 58 to 95.
 */
const objectBytes = 100;
/** What is kept beside it whatever its length: the entry, definitions of variables, maps of fragments. */
const entryBytes = 1000;

/** About how many bytes a parsed document takes together with the text that it is found by. */
export function weightOfDocument(key: string, document: unknown): number {
  return entryBytes + countObjects(document) * objectBytes + weightOfText(key, 2);
}

/** About how many bytes some copies of a text take: one for each character, two once one of them is not Latin. */
export function weightOfText(text: string, copies = 1): number {
  return text.length * copies * (Buffer.byteLength(text) > text.length ? 2 : 1);
}

function countObjects(value: unknown): number {
  let count = 0;
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next !== 'object' || next === null) continue;
    count += 1;
    for (const member of Object.values(next)) if (typeof member === 'object') left.push(member);
  }
  return count;
}
