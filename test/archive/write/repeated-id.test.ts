import { expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import { exactly } from '../../../src/model/time.js'
import { words } from '../eventful.js'
import { BEN } from '../rewritten.js'
import { ENV, page, post, rows, shelf } from '../shelf.js'

/** The result of work that is done in steps. */
function ended<Result>(steps: Generator<unknown, Result>): Result {
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}

it('a page that shows an id twice, by two authors, is read again with both versions', () => {
  const one = shelf()
  const first = post('1', null, words('Mulch keeps the soil wet.'))
  const second = post('1', null, { ...words('Who has seeds?'), ...BEN, when: exactly('2025-12-01T12:00:00Z') })
  const twice = page([first, second])
  one.save(twice)
  one.close()
  const archive = openArchive(one.file, 'read', ENV)
  const reparsing = archive.reparsing(null)
  try {
    for (const stored of reparsing.storedCaptures())
      reparsing.add(twice, { stored, task: stored.purpose.task, parser: 'test 0', authority: 'stream' })
    expect(ended(reparsing.compareOnly())).toMatchObject({
      posts: { same: 1, changed: 0 },
      revisions: { changed: 0, dropped: 0 },
    })
  } finally {
    reparsing.close()
    archive.close()
  }
  expect(rows(one.file, 'SELECT text FROM revisions')).toEqual([{ text: 'Mulch keeps the soil wet.' }])
})
