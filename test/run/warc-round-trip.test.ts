import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { exportTo, openArchive } from '../../src/index.js'
import { town } from '../community/town.js'
import { desk, newFile } from './outside.js'

/** What an archive holds, as its bytes: an export to a file beside it. */
async function exported(file: string, format: string, more: object = {}): Promise<Buffer> {
  const path = `${file}.${format}`
  await exportTo(path, { db: file, format, ...more })
  return readFileSync(path)
}

async function archived() {
  const { server } = await town({ rest: true })
  const live = desk()
  await live.run(`${server.url}groups/`)
  return live
}

describe('the captures of an archive, exported and imported', () => {
  it.each(['warc', 'wacz'])('make the same archive: %s', async format => {
    const live = await archived()
    const left = join(newFile(), '..', `left.${format}`)
    writeFileSync(left, await exported(live.file, format))
    const other = desk()
    const first = await other.imports([left])
    expect(first.newPosts).toBeGreaterThan(10)
    expect((await exported(other.file, 'jsonl')).toString()).toBe((await exported(live.file, 'jsonl')).toString())
    const again = await other.imports([left])
    expect([again.newPosts, again.changedPosts]).toEqual([0, 0])
  })

  it('of one group hold what that group was read from, and nothing twice', async () => {
    const live = await archived()
    const group = live.groups().find(({ threads }) => threads > 0)?.slug ?? ''
    const [all, some] = [await exported(live.file, 'warc'), await exported(live.file, 'warc', { groups: [group] })]
    expect(some.length).toBeLessThan(all.length)
    const left = join(newFile(), '..', 'group.warc.gz')
    writeFileSync(left, some)
    const other = desk()
    await other.imports([left])
    const ids = (one: typeof live) => new Set(one.threads().flatMap(({ posts }) => posts.map(({ post }) => post.id)))
    const wanted = live.threads().filter(thread => thread.group?.slug === group)
    expect(other.groups().find(({ slug }) => slug === group)?.threads).toBe(wanted.length)
    expect([...ids(other)]).toEqual(
      expect.arrayContaining(wanted.flatMap(({ posts }) => posts.map(({ post }) => post.id))),
    )
  })

  it('leave out the ones that were withheld, and end with the damage of a body', async () => {
    const live = await archived()
    const change = (sql: string) => {
      const db = new Sqlite(live.file)
      db.prepare(sql).run()
      db.close()
    }
    const count = () => {
      const archive = openArchive(live.file)
      const captures = [...(archive.captures?.([]) ?? [])].length
      archive.close()
      return captures
    }
    const all = count()
    change('UPDATE captures SET withheld = 1 WHERE id = 2')
    expect(count()).toBe(all - 1)
    change("UPDATE blobs SET body = x'1f8b0800' WHERE id = (SELECT blob_id FROM captures WHERE id = 1)")
    for (const format of ['warc', 'wacz'])
      await expect(exported(live.file, format)).rejects.toThrow('The body of capture 1 is damaged.')
    expect(existsSync(`${live.file}.wacz`)).toBe(false)
  })
})
