import { expect, test } from 'vitest';
import { canMove, STATUSES } from './status.ts';

test('only a pending request moves, and to a closing status', () => {
  const moves = STATUSES.flatMap((from) =>
    STATUSES.filter((to) => canMove(from, to)).map((to) => `${from} → ${to}`),
  );
  expect(moves).toEqual(['pending → approved', 'pending → rejected', 'pending → cancelled']);
});
