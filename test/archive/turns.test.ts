import { expect, it } from 'vitest'
import { openArchive } from '../../src/archive/index.js'
import { archiveOf, newMerge } from './merge/merging.js'
import { readings } from './readings.js'
import { ENV, page, post, rows, SITE } from './shelf.js'

const time = (hour: number) => new Date(Date.UTC(2026, 0, 2, hour)).toISOString()

/** An archive of the threads 1 to 6, and which of them are looked at in turns of so many threads, in blocks of two. */
function turns(most: readonly number[]): string[][] {
  const one = readings()
  const [ids, first] = [['1', '2', '3', '4', '5', '6'], { kind: 'group', request: { url: SITE } } as const]
  one.read('2026-01-01T00:00:00Z', [page(ids.map(id => post(id, null)))])
  const pass = one.archive.beginPass(SITE, { reader: 'visitor', via: 'auto' }, first, time(0))
  const groups = rows<{ id: number }>(one.file, 'SELECT id FROM groups').map(({ id }) => id)
  const blocks = most.map((count, turn) => {
    const looking = { run: 1, pass, reader: 'visitor', at: time(turn) }
    return one.archive.turns.blocks(looking, groups, count, 2).map(block => block.map(({ id }) => id).join(' '))
  })
  one.close()
  return blocks
}

it('a block whose threads did not come when it was asked for does not take the turn of the others', () => {
  expect(turns([1, 1, 1, 1])).toEqual([['1 2'], ['3 4'], ['5 6'], ['1 2']])
})

it('as many blocks have their turn as hold the threads that are wanted', () => {
  expect(turns([3, 2, 4])).toEqual([['1 2', '3 4'], ['5 6'], ['1 2', '3 4']])
})

it('a thread that two archives hold was looked at when either of them looked at it last', () => {
  const lookedAt = (name: string, hour: number): string => {
    const file = archiveOf(name, [{ page: page([post('1', null)]), hour: 1 }])
    const archive = openArchive(file, 'write', ENV)
    const first = { kind: 'group', request: { url: SITE } } as const
    const pass = archive.beginPass(SITE, { reader: 'visitor', via: 'auto' }, first, time(0))
    archive.turns.blocks({ run: 1, pass, reader: 'visitor', at: time(hour) }, [1], 1, 1)
    archive.close()
    return file
  }
  const [a, b] = [lookedAt('a', 3), lookedAt('b', 5)]
  for (const files of [
    [a, b],
    [b, a],
  ])
    expect(rows(newMerge(...files), 'SELECT checked_at AS at FROM posts')).toEqual([{ at: time(5) }])
})
