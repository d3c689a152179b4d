import { expect, it } from 'vitest'
import { archiveFile } from '../../../src/cli/options/globals.js'
import { testIo } from '../test-io.js'

it.each([
  ['bees.db ', '/nowhere/bees.db'],
  ['my bees.db\n', '/nowhere/my bees.db'],
  ['/srv/bees.db\r', '/srv/bees.db'],
])('white space after the name of the archive is not part of it: %j', (db, file) => {
  expect(archiveFile({ db }, testIo())).toBe(file)
})
