/** Marks that turn the direction of what follows them, and letters of scripts that run from right to left. */
const directional = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Script=Hebrew}\p{Script=Arabic}]/u;
const [isolate, end] = ['\u2068', '\u2069'];

/**
 * A text of somebody's own, for the middle of a sentence of ours: whichever way it runs, and whatever marks it holds,
 * the words around it keep their place. Texts without any of that come back as they are.
 */
export function isolated(text: string): string {
  if (!directional.test(text)) return text;
  let open = 0;
  let inside = '';
  for (const character of text) {
    // An end without a beginning would end our own isolate.
    if (character === end && open === 0) continue;
    if (character === end) open -= 1;
    else if (character >= '\u2066' && character <= isolate) open += 1;
    inside += character;
  }
  return `${isolate}${inside}${end.repeat(open + 1)}`;
}
