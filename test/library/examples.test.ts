import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { archive, openArchive } from '../../src/index.js'
import { type Town, town } from '../community/town.js'
import { newFile } from '../run/outside.js'

/** The programs of docs/examples as somebody runs them, against the community of the tests. */

const ROOT = resolve(import.meta.dirname, '../..')
const isBuilt = existsSync(join(ROOT, 'dist/index.js'))
const GROUP = 'groups/mend-and-make/'

async function run(example: string, ...words: string[]): Promise<{ lines: string[]; err: string }> {
  const program = join(ROOT, 'docs/examples', example)
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, ...words])
  return { lines: stdout.trimEnd().split('\n'), err: stderr }
}

const urlOf = ({ server }: Town): string => new URL(GROUP, server.url).href

async function archived(): Promise<string> {
  const db = newFile()
  await archive(urlOf(await town({ pack: 'legacy' })), { db, pace: 0 })
  return db
}

describe.skipIf(!isBuilt)('docs/examples (needs npm run build)', () => {
  it('archive-community.js', async () => {
    const there = await town({ pack: 'legacy' })
    const db = newFile()
    const { lines, err } = await run('archive-community.js', urlOf(there), db, '0')
    expect(err).toBe('')
    expect(lines).toEqual([
      expect.stringMatching(/^Mend & Make: .*: \d+ posts, complete \((\d+) of \1\)$/),
      expect.stringMatching(/^[1-9]\d* new posts with [1-9]\d* requests$/),
    ])
    const missing = new URL('groups/no-such-group/', there.server.url).href
    const failed = run('archive-community.js', missing, db, '0')
    await expect(failed).rejects.toMatchObject({ code: 4, stdout: expect.stringMatching(/^Problem: .*no-such-group/) })
    const open = openArchive(db, 'write')
    const busy = run('archive-community.js', urlOf(there), db, '0')
    await expect(busy).rejects.toMatchObject({ code: 7, stderr: expect.stringContaining(`process ${process.pid}`) })
    open.close()
  })

  it('export-threads.js', async () => {
    const db = await archived()
    const folder = join(dirname(db), 'notes/')
    const { lines, err } = await run('export-threads.js', 'lamp OR toaster OR kettle OR zip', folder, db)
    expect(err).toBe('')
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^.+: .+ http:\/\/127\.0\.0\.1/)
    const files = readdirSync(folder, { recursive: true }).filter(name => String(name).endsWith('.md'))
    expect(lines.at(-1)).toMatch(new RegExp(`^${files.length} threads? with \\d+ posts? are in `))
  })

  it('parse-saved-page.js', async () => {
    const there = await town({ pack: 'legacy' })
    const file = newFile('page.html')
    writeFileSync(file, (await there.get(GROUP)).body)
    const { lines } = await run('parse-saved-page.js', file, urlOf(there))
    expect(lines[0]).toBe('group of Mend & Make: the “Repair Café”')
    expect(lines.filter(line => line.startsWith('  ')).length).toBeGreaterThan(3)
    writeFileSync(file, '<p>Nothing like it</p>')
    expect((await run('parse-saved-page.js', file, urlOf(there))).lines[0]).toMatch(/^Nothing to read: /)
  })

  it('own-format.js', async () => {
    const db = await archived()
    const table = join(dirname(db), 'people.tsv')
    const { lines } = await run('own-format.js', table, db)
    const rows = readFileSync(table, 'utf8').trimEnd().split('\n')
    const total = rows.slice(1).reduce((sum, row) => sum + Number(row.split('\t')[1]), 0)
    expect(rows[0]).toBe('member\tposts')
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^${total} posts of \\d+ threads counted in `))])
  })

  it('own-source.js', async () => {
    const there = await town({ pack: 'legacy' })
    const db = newFile()
    const folder = dirname(db)
    writeFileSync(join(folder, 'group.html'), (await there.get(GROUP)).body)
    const page = { file: 'group.html', url: urlOf(there), savedAt: '2026-06-15T12:00:00Z' }
    writeFileSync(join(folder, 'pages.json'), JSON.stringify([page]))
    const { lines } = await run('own-source.js', join(folder, 'pages.json'), db)
    expect(lines).toEqual([expect.stringMatching(/^[1-9]\d* posts from saved pages$/)])
  })
})
