import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import { BEN, givenAway, reused } from '../rewritten.js'
import { ENV, page, post, rows, type Shelf, shelf } from '../shelf.js'

/** Forgets ada, who wrote the first version of post 2, whose present author is Ben. */
function forgetAda(one: Shelf) {
  one.close()
  const archive = openArchive(one.file, 'write', ENV)
  try {
    const [ada] = archive.forgetting.people.named('ada', null)
    if (!ada) throw new Error('nobody')
    const erased = archive.forgetting.forget(ada, { at: '2026-02-01T00:00:00.000Z', version: '0', redact: false })
    return erased
  } finally {
    archive.close()
  }
}

describe('forgetting the author of an earlier version', () => {
  it('takes out that version, and leaves the present one', () => {
    const one = reused()
    expect(forgetAda(one)).toMatchObject({ posts: 1, revisions: 1 })
    expect(rows(one.file, 'SELECT * FROM revisions')).toEqual([])
    expect(rows(one.file, 'SELECT text, forgotten FROM posts ORDER BY id')).toEqual([
      { text: '', forgotten: 1 },
      { text: 'Who has seeds to spare?', forgotten: 0 },
    ])
  })

  it('withholds the bodies from which it was read', () => {
    const one = shelf()
    one.save(page([post('1', null, BEN), post('2', '1')]))
    one.save(page([post('1', null, BEN), post('2', '1', BEN)]))
    one.save(page([post('1', null, BEN), post('2', '1', BEN)]))
    forgetAda(one)
    expect(rows(one.file, 'SELECT withheld FROM captures ORDER BY id')).toEqual([
      { withheld: 1 },
      { withheld: 1 },
      { withheld: 0 },
    ])
  })

  it('takes out also a version that has the present text', () => {
    const one = givenAway()
    forgetAda(one)
    expect(rows(one.file, 'SELECT * FROM revisions')).toEqual([])
    expect(rows(one.file, 'SELECT text FROM posts WHERE id = 2')).toEqual([{ text: 'Post 2' }])
  })
})
