import { countCharacters, hasUnstorable } from '../../lib/text-rules.ts';

/** The bounds of the contract, in Unicode code points of the trimmed text. */
export const justificationBounds = { min: 50, max: 1000 } as const;

/** What is wrong with a justification, if anything. */
export type JustificationProblem = 'empty' | 'too-short' | 'too-long' | 'invalid-characters';

/** A justification as it would be sent, and how it stands. */
export interface Justification {
  readonly text: string;
  /** Code points, as the server counts them: an emoji is one, not two. */
  readonly length: number;
  readonly problem: JustificationProblem | undefined;
}

/** Trims and measures what was typed, by the very rule the server applies. */
export function readJustification(typed: string): Justification {
  const text = typed.trim();
  const length = countCharacters(text);
  return { text, length, problem: problemOf(text, length) };
}

function problemOf(text: string, length: number): JustificationProblem | undefined {
  if (length === 0) return 'empty';
  if (hasUnstorable(text)) return 'invalid-characters';
  if (length < justificationBounds.min) return 'too-short';
  return length > justificationBounds.max ? 'too-long' : undefined;
}
