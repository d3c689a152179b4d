import { defineConfig } from 'vitest/config'

/** Tests that replace no module and touch no global state: they share the modules of a worker, which halves their time. */
const SHARED = [
  'test/archive/**/*.test.ts',
  'test/export/**/*.test.ts',
  'test/model/**/*.test.ts',
  'test/sources/**/*.test.ts',
]

export default defineConfig({
  test: {
    setupFiles: ['test/setup.ts'],
    testTimeout: 60_000,
    // Vitest leaves one processor free by default, which on a machine with two doubles the time.
    maxWorkers: '100%',
    // A missing expectation must fail, never be written: the same here as in CI.
    update: 'none',
    projects: [
      { extends: true, test: { name: 'shared', include: SHARED, isolate: false } },
      { extends: true, test: { name: 'isolated', include: ['test/**/*.test.ts'], exclude: SHARED } },
    ],
  },
})
