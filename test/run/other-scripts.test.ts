import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../src/archive/index.js'
import { communityOf, DEMO_NOW } from '../community/index.js'
import { town } from '../community/town.js'
import { fetched, mhtml } from './left-behind.js'
import { desk } from './outside.js'

/** WordPress stores slugs of other scripts percent-encoded in lower case, and prints them so. */

const SLUG = '%d1%83%d0%bb%d0%b5%d0%b9'
const community = () =>
  communityOf({ groups: [{ slug: SLUG, name: 'Улей' }], posts: [{ id: 1 }, { id: 2, parentId: 1 }] })

const ENV = { pid: 7, host: 'here', command: 'test', isAlive: () => true }

const SPELLINGS = ['улей', SLUG, SLUG.toUpperCase()]

describe('a group whose slug is in another script', () => {
  it.each(['legacy', 'nouveau'] as const)('is one group in every spelling and by every way (%s)', async pack => {
    const one = desk()
    const { server } = await town({ pack, rest: true }, community())
    for (const spelling of SPELLINGS)
      for (const via of ['rest', pack === 'legacy' ? 'page' : 'ajax'] as const)
        expect((await one.run(`${server.url}groups/${spelling}/`, { via })).exitCode).toBe(0)
    await one.run(`${server.url}groups/${SLUG}/feed/`)
    await one.run(server.url)
    const saved = join(dirname(one.file), 'saved.mhtml')
    writeFileSync(saved, mhtml(await fetched(`${server.url}groups/${SLUG}/`), DEMO_NOW))
    await one.imports([saved])
    expect(one.sql('SELECT slug, url FROM groups')).toEqual([{ slug: 'улей', url: `${server.url}groups/${SLUG}/` }])
    const targets = one.standing().targets.map(({ url }) => url)
    expect(targets).toEqual([`${server.url}groups/${SLUG}/`, server.url])
    const archive = openArchive(one.file, 'read', { ...ENV, now: one.clock.now })
    for (const spelling of [...SPELLINGS, targets[0] ?? '', `${server.url}groups/улей`])
      expect([spelling, [...archive.reader.threads({ groups: [spelling] })].length]).toEqual([spelling, 1])
    archive.close()
  })
})
