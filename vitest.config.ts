import { defineConfig } from 'vitest/config';
import type { Reporter, TestModule } from 'vitest/node';
import { serverTests } from './test/helpers/server-tests.ts';
import { leftOut } from './test/helpers/under-test.ts';

/** Says once more, below the coverage, how many tests passed: the last line of a good run. */
class LastLineReporter implements Reporter {
  #passed = 0;

  onTestRunEnd(modules: readonly TestModule[]): void {
    this.#passed = modules.flatMap((module) => [...module.children.allTests('passed')]).length;
  }

  onFinishedReportCoverage(): void {
    console.log(`\n      Tests  ${this.#passed} passed`);
  }
}

const SERVER_TESTS = [...serverTests()];

export default defineConfig({
  test: {
    pool: 'forks',
    // No test may fail because a machine is slow: this only ends one that hangs.
    testTimeout: 60_000,
    // More than the two processors of CI: the tests mostly wait, for probes and for Prometheus.
    maxWorkers: 3,
    reporters: ['default', new LastLineReporter()],
    coverage: {
      provider: 'v8',
      include: ['src/domain/**', 'src/genesis/**', 'src/config/**'],
      exclude: ['src/config/load.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { 100: true },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/packages/**', ...SERVER_TESTS],
          setupFiles: ['test/helpers/no-sockets.ts'],
        },
      },
      { extends: true, test: { name: 'servers', include: SERVER_TESTS } },
      // On its own, by `npx vitest run --project packages`: it keeps all processors busy for a minute.
      { extends: true, test: { name: 'packages', include: ['test/packages/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: leftOut().map(([file]) => `test/e2e/${file}`),
          globalSetup: 'test/helpers/program-setup.ts',
        },
      },
    ],
  },
});
