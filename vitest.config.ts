import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Folders whose tests share the modules of a worker, which saves the loading of all modules for each file. */
const SHARED = ['archive', 'community', 'export', 'library', 'model', 'node', 'parse', 'run', 'sources']

/** A test that replaces a module, or changes the process, has a worker of its own. */
const CHANGES_ITS_WORKER = /\bvi\.(?:mock|stub|spyOn|resetModules)|process\.env\['TZ'\] =|\/(?:doubles|test-io)\.js'/

const apart = SHARED.flatMap(folder =>
  readdirSync(join(import.meta.dirname, 'test', folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.ts'))
    .map(file => `test/${folder}/${file}`)
    .filter(file => CHANGES_ITS_WORKER.test(readFileSync(join(import.meta.dirname, file), 'utf8'))),
)
const shared = SHARED.map(folder => `test/${folder}/**/*.test.ts`)

export default defineConfig({
  test: {
    setupFiles: ['test/setup.ts'],
    testTimeout: 60_000,
    // Vitest leaves one processor free by default, which on a machine with two doubles the time.
    maxWorkers: '100%',
    // A missing expectation must fail, never be written: the same here as in CI.
    update: 'none',
    projects: [
      { extends: true, test: { name: 'shared', include: shared, exclude: apart, isolate: false } },
      {
        extends: true,
        test: {
          name: 'isolated',
          include: [...apart, 'test/*.test.ts', `test/!(${SHARED.join('|')})/**/*.test.ts`],
        },
      },
    ],
  },
})
