import { EngineError } from '../errors.ts';

/** Where a role is not known yet, or JSON comes from a server of the operator's. */
export const defaultJsonDepth = 256;

const quote = 34;
const backslash = 92;
const openList = 91;
const closeList = 93;
const openObject = 123;
const closeObject = 125;

/**
 * Refuses a JSON text whose lists and objects nest deeper than `most`, before it is parsed: one look at each
 * character, without recursion. What is no JSON passes, for the parser to tell.
 */
export function checkJsonDepth(text: string, most: number = defaultJsonDepth): void {
  // So deep takes as many characters.
  if (text.length <= most) return;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) {
      index = endOfString(text, index);
      if (index === -1) return;
    } else if (code === openList || code === openObject) {
      depth += 1;
      if (depth > most) throw tooDeep(most);
    } else if (code === closeList || code === closeObject) depth -= 1;
  }
}

/** Where the string that begins at a quotation mark ends; -1 where it never does. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before -= 1;
    if ((end - before) % 2 === 1) return end;
    end = text.indexOf('"', end + 1);
  }
  return -1;
}

function tooDeep(most: number): EngineError {
  return new EngineError(
    'json-depth-limit-exceeded',
    `lists and objects of the JSON nest deeper than ${most} levels, which is the bound here: send it flatter`,
  );
}
