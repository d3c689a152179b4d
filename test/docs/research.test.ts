import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CommunityServer, DEMO, serveCommunity } from '../community/index.js'
import { ABOUT_FILE } from '../export/package/about-file.js'
import { blocks, type Machine, machine } from './recipes.js'

/** The study of docs/research.md, run from top to bottom as it is printed, on the demo community. */

const SECTIONS = [
  'Look before you read',
  'Read',
  'Describe',
  'Draw, code, compare',
  'Weeks later',
  'Write it down',
  'Withhold',
  'Deposit',
  'When a member asks',
]

let server: CommunityServer
let here: Machine

beforeAll(async () => {
  server = await serveCommunity(DEMO)
  here = machine(server.url)
  // A test need not be polite to itself.
  writeFileSync(join(here.folder, 'threadkeep.yaml'), 'sleep-requests: 0\n')
})
afterAll(() => server.close())

/** What the researcher does by hand before a line. */
const BY_HAND: Record<string, () => void> = {
  'threadkeep package --about about.yaml': () => {
    expect(here.file('about.yaml')).toContain('title:')
    writeFileSync(join(here.folder, 'about.yaml'), ABOUT_FILE)
  },
  'threadkeep agreement': () => {
    const [head, ...rows] = here.file('sheet.csv').replace('\ufeff', '').trimEnd().split('\r\n')
    const ids = rows.map(row => row.split(',')[0])
    expect(head).toBe('id,title,author_name,posted_at,text')
    expect(ids.length).toBeGreaterThanOrEqual(3)
    for (const [coder, codes] of [
      ['kim', ['advice', 'thanks']],
      ['lee', ['advice', 'advice']],
    ] as const)
      writeFileSync(
        join(here.folder, `${coder}.csv`),
        `id,code\n${ids
          .filter(id => /^\d+$/.test(id ?? ''))
          .map((id, at) => `${id},${codes[at % 2]}\n`)
          .join('')}`,
      )
  },
}

describe('a study', () => {
  it.each(SECTIONS)('has lines that work, one after the other: %s', async section => {
    for (const line of blocks(section, 'sh', 'docs/research.md').join('').trim().split('\n')) {
      for (const [start, act] of Object.entries(BY_HAND)) if (line.startsWith(start)) act()
      const { code, err } = await here.sh(here.here(line))
      expect(`${line}: ${code === 0 ? 0 : `${code} ${err}`}`).toBe(`${line}: 0`)
    }
  })

  it('leaves the files that the page promises, and no name where none may be', () => {
    for (const file of ['network/nodes.csv', 'network.gexf', 'pilot.qdpx', 'study.bib', 'codebook.md', 'deposit.zip'])
      expect(existsSync(join(here.folder, file)), file).toBe(true)
    expect(here.file('methods.md')).toContain('The archive holds 116 posts of 12 authors in 44 threads')
    const tables = readdirSync(join(here.folder, 'shared')).filter(name => name.endsWith('.csv'))
    expect(tables).toHaveLength(1)
    for (const table of tables) expect(here.file(`shared/${table}`)).not.toContain('Tomás')
    expect(here.file('tomas.md')).toContain('Tomás Herrera')
    expect(readFileSync(join(here.folder, 'study.db')).includes('Tomás Herrera')).toBe(false)
  })
})
