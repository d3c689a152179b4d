import { copyFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import { ROUTES } from '../../run/lively.js'
import { moving } from '../../run/moving.js'
import { desk, newFile } from '../../run/outside.js'
import { reread } from '../../run/reparse/reread.js'
import { ENV, rows } from '../shelf.js'
import { copyOf, exported, faultsIn, mergeInto, newMerge } from './merging.js'

/** A site that has moved: rename, reparse and merge give the same archive in any order. */

const DAY = 86_400_000

/** As the command does it. */
function rename(file: string, from: string, to: string): void {
  const archive = openArchive(file, 'write', ENV)
  try {
    archive.renameNow(archive.planRename(from, to), {
      command: 'targets rename',
      version: '0',
      now: () => Date.UTC(2027, 0, 1),
    })
  } finally {
    archive.close()
  }
}

function findings(file: string): string[] {
  const archive = openArchive(file, 'read', ENV)
  try {
    const results = [...archive.verifier.results({ quick: false, env: ENV })]
    return results.flatMap(result => result.findings.map(({ what }) => `${result.name}: ${what}`))
  } finally {
    archive.close()
  }
}

/** Two readers of the old address, of whom the first has gone on at the new one. */
async function twoReaders(way: (typeof ROUTES)[number]) {
  const site = await moving({ way })
  const [ann, ben] = [desk(newFile('ann.db')), desk(newFile('ben.db'))]
  await ann.run(`${site.old.url}groups/gardeners/`)
  ben.clock.advance(DAY / 2)
  await ben.run(`${site.old.url}groups/gardeners/`)
  const before = { ann: copyOf(ann.file, 'ann.db'), ben: ben.file }
  site.move()
  ann.clock.advance(DAY)
  await ann.sync({ moved: true })
  return { site, before, after: ann.file, ann }
}

const sitesIn = (file: string) => rows(file, 'SELECT url FROM sites')

describe.each(ROUTES)('a site that has moved, read by $name', way => {
  it('gives the same rows when it is reparsed after the rename', async () => {
    const { after, site } = await twoReaders(way)
    const before = exported(after)
    const report = await reread(after, { dryRun: true })
    expect(report).toMatchObject({
      posts: { changed: 0, added: 0, notFound: 0 },
      revisions: { changed: 0, dropped: 0 },
      names: 0,
      changes: [],
    })
    await reread(after)
    expect(exported(after)).toBe(before)
    expect(sitesIn(after)).toEqual([{ url: site.new.url }])
    expect(findings(after)).toEqual([])
    expect(faultsIn(after)).toEqual([])
  })

  it('is one site when archives from before and after the move are merged', async () => {
    const { before, after, site } = await twoReaders(way)
    expect(exported(newMerge(after, before.ann))).toBe(exported(newMerge(after)))
    const all = newMerge(after, before.ben)
    expect(exported(newMerge(before.ben, after))).toBe(exported(all))
    expect(sitesIn(all)).toEqual([{ url: site.new.url }])
    expect(findings(all)).toEqual([])
    expect(rows(all, "SELECT count(*) AS moves FROM events WHERE kind = 'moved' AND field = 'site'")).toEqual([
      { moves: 1 },
    ])
  })
})

describe('rename, reparse and merge', () => {
  it('give the same archive in any order', async () => {
    const { before, site } = await twoReaders({ name: 'page', pack: 'legacy', rest: false, via: 'page' })
    const steps = {
      rename: async (file: string) => rename(file, site.old.url, site.new.url),
      reparse: async (file: string) => void (await reread(file)),
      merge: async (file: string) => void mergeInto(file, before.ben),
    }
    type Step = keyof typeof steps
    const outcome = async (order: readonly Step[]) => {
      const file = newFile('any.db')
      copyFileSync(before.ann, file)
      let isRenamed = false
      for (const step of order) {
        if (step !== 'rename' || !isRenamed) await steps[step](file)
        isRenamed ||= step === 'rename'
      }
      expect(findings(file)).toEqual([])
      return exported(file)
    }
    const expected = await outcome(['rename', 'merge'])
    const orders = fc
      .array(fc.constantFrom<Step>('reparse', 'merge'), { maxLength: 2 })
      .chain(more => fc.shuffledSubarray<Step>(['rename', 'merge', ...more], { minLength: 2 + more.length }))
    await fc.assert(
      fc.asyncProperty(orders, async order => {
        expect(await outcome(order)).toBe(expected)
      }),
      { numRuns: 12 },
    )
  })
})
