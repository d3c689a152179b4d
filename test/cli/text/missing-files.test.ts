import { expect, test } from 'vitest'
import { noteLines } from '../../../src/cli/render/summary.js'
import { PLAIN } from '../../../src/cli/text/paint.js'
import type { RunReport } from '../../../src/model/reports/run.js'

const noted = (state: 'done' | 'partial') =>
  [
    ...noteLines(
      {
        exitCode: 3,
        stopped: null,
        targets: [{ state, problems: [], notes: [] }],
        media: { kept: 0, bytes: 0, missed: 1, missing: [], left: 0, known: 0 },
      } as unknown as RunReport,
      PLAIN,
    ),
  ].join('\n')

test('an exit code of 3 that comes of a file alone is explained', () => {
  expect(noted('done')).toContain('The exit code is 3 because of this file alone.')
  expect(noted('partial')).not.toContain('alone')
})
