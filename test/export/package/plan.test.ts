import { describe, expect, it } from 'vitest'
import { licenceOf, slugOf } from '../../../src/export/package/about.js'
import { manifestLines, readManifestLines } from '../../../src/export/package/bagit.js'
import { planPackage } from '../../../src/export/package/plan.js'
import { RowCounter, rowCounterOf } from '../../../src/export/package/row-counter.js'
import { hasGaps, surveyOf } from '../../../src/export/package/survey.js'
import type { ArchiveReader, ThreadSummary } from '../../../src/model/archive.js'
import { keptThread } from '../threads.js'

const ABOUT = {
  ...{ title: 'Bees', description: 'Threads.', creators: [{ name: 'Ada' }] },
  ...{ licence: 'CC0-1.0', consent: 'Asked.', contact: 'ada@university.example' },
}

const archive = { status: () => ({ targets: [], lastRun: null, holder: null }), groups: () => [], threads: () => [] }
const reader = archive as unknown as ArchiveReader
const QUIET = { id: '9', slug: 'quiet', name: 'Quiet', url: 'https://town.example/groups/quiet/' }

const thread = (readAs: ThreadSummary['readAs']): ThreadSummary => ({
  ...keptThread({ posts: [] }),
  group: QUIET,
  readAs,
})

const planned = (readAs: ThreadSummary['readAs'], includePrivate = false) =>
  planPackage({
    ...{
      about: ABOUT,
      parts: [],
      threads: [thread(readAs)],
      archive: reader,
      people: null,
      privacy: { includePrivate },
    },
    ...{ selection: '', closed: true, madeAt: null, shipped: () => '{}' },
  })

describe('the plan of a package', () => {
  it('refuses a group that only a login has read and that no page called public', () => {
    for (const readAs of ['session', 'password'] as const)
      expect(() => planned(readAs)).toThrow('"Quiet" was read by a login')
    expect(planned('visitor').plan.survey.groups).toEqual([
      { name: 'Quiet', status: null, threads: 1, held: 0, claimed: 0, seenWhole: true, asMember: 0 },
    ])
    expect(planned('session', true).plan.survey.groups[0]?.asMember).toBe(1)
  })

  it('takes for a gap what is short or unknown, or did not succeed', () => {
    const of = (completeness: ThreadSummary['completeness'], targets: object[] = []) => {
      const status = () => ({ targets, lastRun: null, holder: null })
      const survey = surveyOf(
        [{ ...thread(null), completeness }],
        { ...archive, status } as unknown as ArchiveReader,
        true,
      )
      return hasGaps({ ...survey, madeAt: null })
    }
    expect(of({ state: 'complete', held: 2, claimed: 2 })).toBe(false)
    expect(of({ state: 'short', held: 1, claimed: 2 })).toBe(true)
    expect(of({ state: 'unknown', held: 1, claimed: null })).toBe(true)
    expect(of({ state: 'complete', held: 2, claimed: 2 }, [{ gaps: [{}], lastState: 'done' }])).toBe(true)
    expect(of({ state: 'complete', held: 2, claimed: 2 }, [{ gaps: [], lastState: 'partial' }])).toBe(true)
  })
})

describe('the parts of a package', () => {
  it.each([
    ['Questions, and Ünswers!', 'questions-and-unswers'],
    ['../../etc/passwd', 'etc-passwd'],
    ['庭', 'threadkeep-package'],
    [`${'word '.repeat(30)}`, 'word-word-word-word-word-word-word-word-word-word-word-word'],
  ])('call the folder of %j %s', (title, slug) => {
    expect(slugOf({ title })).toBe(slug)
  })

  it('know SPDX ids, addresses, and terms in words', () => {
    expect(licenceOf({ licence: 'CC-BY-4.0' }).url).toBe('https://spdx.org/licenses/CC-BY-4.0.html')
    expect(licenceOf({ licence: 'https://example.org/terms' }).url).toBe('https://example.org/terms')
    expect(licenceOf({ licence: 'Only for study.' }).url).toBeNull()
  })

  it('have names in lists of BagIt that can be read back, whatever they hold', () => {
    const files = ['b/100 %.md', 'a\r\n/x.md', 'a  *b.md'].map(name => ({ name, sha256: 'a'.repeat(64), bytes: 1 }))
    const text = [...manifestLines(files)].join('')
    expect(text.trimEnd().split('\n')).toHaveLength(3)
    expect([...readManifestLines(text)].map(line => line?.name).sort()).toEqual(files.map(({ name }) => name).sort())
    expect([...readManifestLines('no hash\n')]).toEqual([null])
  })

  it('count rows, not lines', () => {
    const csv = new RowCounter(true, true)
    for (const piece of ['id,text\r\n1,"a\r\n', '""b"""\r\n', '2,c\r\n']) csv.take(piece)
    expect(csv.rows).toBe(2)
    const tsv = rowCounterOf('posts.tsv')
    tsv?.take('id\ttext\n1\t"\n')
    expect(tsv?.rows).toBe(1)
    expect(rowCounterOf('posts.parquet')).toBeNull()
  })
})
