import type { Reporter, SerializedError, TestModule, TestRunEndReason } from 'vitest/node';

/**
 * Ends a run with one plain line, `N passed, N failed`, that scripts can read without knowing vitest. Tests that
 * passed only when they were tried again stand above it by name: each is a mistake to find, in the product or the test.
 */
export class SummaryReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const { passed, failed, flaky } = countResults(modules);
    if (flaky.length > 0) process.stdout.write(`\nPassed at the second try only:\n${flaky.join('\n')}\n`);
    // A run can also fail before any test, such as when the stack of the journeys does not start.
    const least = reason === 'failed' ? 1 : 0;
    process.stdout.write(`\n${passed} passed, ${Math.max(failed + unhandled.length, least)} failed\n`);
  }
}

/** A file that cannot even be loaded counts as one failure, as does an error outside any test. */
function countResults(modules: readonly TestModule[]): {
  passed: number;
  failed: number;
  flaky: readonly string[];
} {
  const flaky: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const module of modules) {
    failed += module.errors().length;
    for (const suite of module.children.allSuites()) failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') passed += 1;
      if (state === 'failed') failed += 1;
      if (test.diagnostic()?.flaky) flaky.push(`  ${module.relativeModuleId} > ${test.fullName}`);
    }
  }
  return { passed, failed, flaky };
}
