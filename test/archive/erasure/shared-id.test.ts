import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import type { Post } from '../../../src/model/discussion.js'
import { exactly } from '../../../src/model/time.js'
import { words } from '../eventful.js'
import { copyOf, exported, faultsIn, merged } from '../merge/merging.js'
import { BEN } from '../rewritten.js'
import { ENV, page, post, rows, type Shelf, shelf } from '../shelf.js'

/** Post 2 was ada's and is Ben's, or the other way round, and one of them is forgotten. */

// Erasure changes the pages that it is given.
const ADAS = () => post('2', '1', words('Mulch keeps the soil wet.'))
const BENS = () => post('2', '1', { ...words('Who has seeds?'), ...BEN, when: exactly('2025-12-01T12:00:00Z') })
const OPENING = () => post('1', null, { author: null })

function shelfOf(...versions: readonly (() => Post)[]): Shelf {
  const one = shelf()
  for (const version of versions) one.save(page([OPENING(), version()]))
  return one
}

function forget(file: string, name: 'ada' | 'ben') {
  const archive = openArchive(file, 'write', ENV)
  try {
    const [member] = archive.forgetting.people.named(name, null)
    if (!member) throw new Error('nobody')
    const how = { at: '2026-02-01T00:00:00.000Z', version: '0', redact: false }
    return archive.forgetting.forget(member, how)
  } finally {
    archive.close()
  }
}

const POST_2 = "SELECT text, forgotten, member_id IS NULL AS nameless FROM posts WHERE site_post_id = '2'"
const EARLIER = 'SELECT text, name FROM revisions LEFT JOIN members ON members.id = member_id ORDER BY revisions.id'
const BLANK = [{ text: '', forgotten: 1, nameless: 1 }]

function expectSound(file: string): void {
  expect(faultsIn(file)).toEqual([])
  const archive = openArchive(file, 'read', ENV)
  try {
    const env = { host: 'here', isAlive: () => true }
    const results = [...archive.verifier.results({ quick: false, env })]
    expect(results.filter(({ state }) => state === 'wrong')).toEqual([])
  } finally {
    archive.close()
  }
}

describe('an id that one member had after another', () => {
  it('keeps the earlier post when the author of the present one is forgotten', () => {
    const one = shelfOf(ADAS, BENS)
    one.close()
    expect(forget(one.file, 'ben')).toMatchObject({ posts: 1, revisions: 0 })
    expect(rows(one.file, POST_2)).toEqual(BLANK)
    expect(rows(one.file, EARLIER)).toEqual([{ text: 'Mulch keeps the soil wet.', name: 'ada' }])
    expectSound(one.file)
  })

  it('keeps the earlier post when an erased member gets the id', () => {
    const one = shelfOf(BENS)
    one.save(page([post('3', null)]))
    one.close()
    forget(one.file, 'ada')
    const again = shelf(one.file)
    again.save(page([OPENING(), ADAS()]))
    again.close()
    expect(rows(one.file, POST_2)).toEqual(BLANK)
    expect(rows(one.file, EARLIER)).toEqual([{ text: 'Who has seeds?', name: 'Ben' }])
    expectSound(one.file)
  })

  it('is shown again when somebody else gets the id of a forgotten post', () => {
    const one = shelfOf(ADAS)
    one.close()
    forget(one.file, 'ada')
    const again = shelf(one.file)
    again.save(page([OPENING(), BENS()]))
    again.close()
    expect(rows(one.file, POST_2)).toEqual([{ text: 'Who has seeds?', forgotten: 0, nameless: 0 }])
    expect(rows(one.file, EARLIER)).toEqual([])
    expectSound(one.file)
  })
})

describe('merged with an earlier copy, in whatever order', () => {
  it.each([
    [
      'whose post 2 was another',
      [ADAS],
      [ADAS, BENS],
      'ada',
      [{ text: 'Who has seeds?', forgotten: 0, nameless: 0 }],
      [],
    ],
    ['whose post 2 is forgotten', [BENS], [BENS, ADAS], 'ada', BLANK, [{ text: 'Who has seeds?', name: 'Ben' }]],
    ['with both', [BENS, ADAS], [BENS, ADAS, ADAS], 'ada', BLANK, [{ text: 'Who has seeds?', name: 'Ben' }]],
  ] as const)('%s: the post of the member who was not forgotten stays', (_, before, after, name, present, earlier) => {
    const copy = shelfOf(...before)
    copy.close()
    const one = shelfOf(...after)
    one.close()
    forget(one.file, name)
    const [a, b] = [merged(one.file, copy.file), merged(copy.file, one.file)]
    for (const file of [a, b]) {
      expect(rows(file, POST_2)).toEqual(present)
      expect(rows(file, EARLIER)).toEqual(earlier)
      expectSound(file)
    }
    expect(exported(b)).toBe(exported(a))
    expect(exported(merged(copyOf(a, 'a.db'), copy.file))).toBe(exported(a))
  })
})
