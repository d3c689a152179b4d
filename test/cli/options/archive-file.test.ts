import { expect, it } from 'vitest'
import { archiveFile } from '../../../src/cli/options/globals.js'
import { testIo } from '../test-io.js'

it.each([
  [{ db: 'bees.db ' }, {}, '/nowhere/bees.db'],
  [{ db: 'my bees.db\n' }, {}, '/nowhere/my bees.db'],
  [{}, { THREADKEEP_DB: '/srv/bees.db\r' }, '/srv/bees.db'],
  [{}, { THREADKEEP_DB: '' }, '/nowhere/threadkeep.db'],
])('white space after the name of the archive is not part of it: %j %j', (options, env, file) => {
  expect(archiveFile(options, testIo({ env }))).toBe(file)
})
