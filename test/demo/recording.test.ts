import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { recordedFiles } from './recorder.js'

const FOLDER = fileURLToPath(new URL('../../fixtures/demo/', import.meta.url))

/** `npm run demo:record` empties the folder and runs this test with `--update`, which writes instead of comparing. */
test('fixtures/demo holds what the simulated community answers to the demo', async () => {
  const files = await recordedFiles()
  expect(files.size).toBeGreaterThan(10)
  for (const [name, text] of files) await expect(text, name).toMatchFileSnapshot(`${FOLDER}${name}`)
})
