import { EngineError } from '../errors.ts';
import { isRawNumber } from './exact-number.ts';

/**
 * Refuses variables whose JSON takes more bytes than the role may send, counted up to the bound and no further. The
 * depth of JSON is bounded where it is read, so this may call itself.
 */
export function checkVariablesSize(variables: unknown, most: number): void {
  if (most === Number.POSITIVE_INFINITY || variables === null || variables === undefined) return;
  let size = 0;
  const add = (value: unknown): void => {
    if (typeof value === 'string') size += Buffer.byteLength(value) + 2;
    else if (typeof value === 'number') size += String(value).length;
    else if (typeof value !== 'object' || value === null) size += 4;
    else if (isRawNumber(value)) size += value.rawJSON.length;
    else if (Array.isArray(value)) {
      size += 2;
      for (const item of value) {
        size += 1;
        add(item);
      }
    } else {
      size += 2;
      for (const [name, item] of Object.entries(value)) {
        size += Buffer.byteLength(name) + 4;
        add(item);
      }
    }
    if (size > most) throw tooLarge(most);
  };
  add(variables);
}

function tooLarge(most: number): EngineError {
  return new EngineError(
    'variables-limit-exceeded',
    `the variables take more than ${most} bytes, which is the bound of the role: send them in parts`,
  );
}
