import { expect, it } from 'vitest'
import { archiveFile } from '../../../src/cli/options/globals.js'
import { testIo } from '../test-io.js'

// THREADKEEP_DB and threadkeep.yaml arrive as the option, too: settings.test.ts.
it.each([
  [{ db: 'bees.db ' }, '/nowhere/bees.db'],
  [{ db: 'my bees.db\n' }, '/nowhere/my bees.db'],
  [{ db: '/srv/bees.db\r' }, '/srv/bees.db'],
  [{}, '/nowhere/threadkeep.db'],
])('white space after the name of the archive is not part of it: %j', (options, file) => {
  expect(archiveFile(options, testIo({}))).toBe(file)
})
