import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { parse } from '../../../src/parse/index.js'
import { DEMO_NOW } from '../../community/index.js'
import { town } from '../../community/town.js'
import { fetched, mhtml, warc } from '../left-behind.js'
import { desk } from '../outside.js'
import { allRows, counts, reread, village } from './reread.js'

vi.mock('../../../src/parse/index.js', { spy: true })

const REST = 'wp-json/buddypress/v1/activity?group_id=1&per_page=3&display_comments=threaded&page='

/** An archive into which pages of a site were imported, each from a file of its own. */
async function imported(pages: readonly string[], write: typeof warc | typeof mhtml, rest: boolean) {
  const { server } = await town({ pack: 'legacy', rest }, village())
  const one = desk()
  for (const [at, page] of pages.entries()) {
    const left = await fetched(new URL(page, server.url).href)
    const path = join(dirname(one.file), `${at}.${write === warc ? 'warc.gz' : 'mhtml'}`)
    writeFileSync(path, write === warc ? warc([left], DEMO_NOW + at) : mhtml(left, DEMO_NOW + at))
    await one.imports([path])
  }
  return one
}

describe('a reparse of an archive that imports have made changes nothing', () => {
  it.each([
    ['pages of a REST list of a group that only its sentences name', [`${REST}1`, `${REST}2`], warc, true],
    ['saved pages', ['groups/gardeners/', 'activity/p/1/'], mhtml, false],
  ] as const)('%s', async (_name, pages, write, rest) => {
    const one = await imported(pages, write, rest)
    const held = allRows(one.file)
    expect(one.sql('SELECT count(*) AS lost FROM posts WHERE group_seen_at IS NULL')).toEqual([{ lost: 0 }])
    expect((await reread(one.file)).posts).toMatchObject(counts)
    expect(allRows(one.file)).toEqual(held)
  })
})

it('an import parses a REST list of a group that is not known once', async () => {
  vi.mocked(parse).mockClear()
  await imported([`${REST}1`], warc, true)
  expect(parse).toHaveBeenCalledTimes(1)
})
