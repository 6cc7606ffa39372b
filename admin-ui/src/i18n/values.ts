/** Marks that turn the direction of whatever follows them, past the end of the value they stand in. */
const TURNING_MARKS = /[\u202A-\u202E\u2066-\u2069]/g;
/** Letters that run from right to left: Hebrew, Arabic and their kin, presentation forms included. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
const ISOLATE = '\u2068';
const END_OF_ISOLATE = '\u2069';

/** A value as it may stand in a sentence of ours: whatever direction a name runs in, our words around it keep theirs. */
export function toSentencePart(value: string): string {
  const plain = value.replace(TURNING_MARKS, '');
  return RIGHT_TO_LEFT.test(plain) ? `${ISOLATE}${plain}${END_OF_ISOLATE}` : plain;
}
