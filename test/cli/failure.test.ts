import { expect, test } from 'vitest'
import { reportError } from '../../src/cli/failure.js'
import { UsageError } from '../../src/model/errors.js'
import { testIo, testOut } from './test-io.js'

const ERROR = new UsageError(
  'The file about.yaml of this folder still has examples of the template.',
  'Replace them by your own words, or leave out what does not apply to this data set.',
)

async function written(isTTY: boolean): Promise<string> {
  const stderr = testOut({ isTTY, width: 40 })
  await reportError(ERROR, { ...testIo({ env: { NO_COLOR: '1' } }), stderr }, {})
  return stderr.text
}

test('an error at a terminal is wrapped between words, and elsewhere has one line for each of its parts', async () => {
  expect(await written(true)).toBe(`Error: The file about.yaml of this
folder still has examples of the
template.
Replace them by your own words, or leave
out what does not apply to this data
set.
`)
  expect(await written(false)).toBe(`Error: ${ERROR.message}\n${ERROR.advice}\n`)
})
