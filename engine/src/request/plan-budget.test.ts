import { describe, expect, it } from 'vitest';
import { PlanBudget } from './plan-budget.ts';

describe('what planning may spend', () => {
  it('ends with the time of the operation', () => {
    const steps = (budget: PlanBudget): void => {
      for (let step = 0; step < 100; step += 1) budget.countStep();
    };
    const bounds = { conditions: 1000, listLength: 1000, patternOperators: true };
    expect(() => steps(new PlanBudget(bounds, -1))).toThrow('the operation took too long');
    expect(() => steps(new PlanBudget(bounds, 60))).not.toThrow();
    expect(() => steps(new PlanBudget(bounds, null))).not.toThrow();
  });
});
