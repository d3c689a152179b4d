import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import { ArchiveError } from '../../../src/model/errors.js'
import type { CheckResult } from '../../../src/model/reports/verify.js'
import { newFile } from '../../run/outside.js'
import { ENV, member, page, post, shelf } from '../shelf.js'

const env = { host: 'here', isAlive: () => true }

function checked(file: string, { quick = false, isAlive = (): boolean => true } = {}): CheckResult[] {
  const archive = openArchive(file, 'read', ENV)
  try {
    return [...archive.verifier.results({ quick, env: { ...env, isAlive } })]
  } finally {
    archive.close()
  }
}

const wrong = (results: CheckResult[]) =>
  Object.fromEntries(results.filter(({ state }) => state === 'wrong').map(({ name, findings }) => [name, findings]))

/** Two threads, an edit, a renamed member. */
function archived(): string {
  const one = shelf()
  one.save(page([post('1', null), post('2', '1'), post('3', '2', { threadId: '1' }), post('9', null)]))
  one.save(
    page([
      post('1', null, {
        text: 'Edited, with a heron',
        html: '<p>Edited</p>',
        author: member('ada', { id: '2', name: 'Ada L' }),
      }),
      post('2', '1'),
      post('3', '2', { threadId: '1' }),
    ]),
  )
  one.save(page([post('1', null, { text: 'Edited again', html: '<p>Edited again</p>' })]))
  one.close()
  return one.file
}

function changed(file: string, sql: string): string {
  const db = new Sqlite(file)
  db.unsafeMode()
  db.pragma('foreign_keys = OFF')
  db.pragma('ignore_check_constraints = ON')
  db.exec(sql)
  db.close()
  return file
}

function mended(file: string): { wrong: object; mended: object } {
  const before = Object.keys(wrong(checked(file)))
  const archive = openArchive(file, 'write', ENV)
  try {
    const done = archive.verifier.mend(before)
    return { mended: done, wrong: wrong([...archive.verifier.results({ quick: false, env })]) }
  } finally {
    archive.close()
  }
}

describe('a sound archive', () => {
  it('passes all checks, and stays as it is to the byte', () => {
    const file = archived()
    const before = readFileSync(file)
    expect(wrong(checked(file))).toEqual({})
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('may be empty', () => {
    const one = shelf()
    one.close()
    expect(wrong(checked(one.file))).toEqual({})
  })

  it('quickly: bodies and words are left out', () => {
    const skipped = checked(archived(), { quick: true }).filter(({ state }) => state === 'skipped')
    expect(skipped.map(({ name }) => name)).toEqual(['file', 'identities', 'words', 'contents', 'bodies'])
  })

  it('can be looked at while another run writes, whose lock is no finding', () => {
    const one = shelf()
    one.save(page([post('1', null)]))
    expect(wrong(checked(one.file))).toEqual({})
    one.save(page([post('4', null)]))
    one.close()
    expect(wrong(checked(one.file))).toEqual({})
  })
})

describe('what is wrong is found, with its place and what mends it', () => {
  const body = `x'${gzipSync('<p>other</p>').toString('hex')}'`
  it.each([
    ['bodies', `UPDATE blobs SET body = ${body} WHERE id = 1`, /blob 1: it cannot be read/],
    ['bodies', `UPDATE blobs SET size = 12, body = ${body} WHERE id = 1`, /blob 1: its SHA-256 differs/],
    ['bodies', 'UPDATE blobs SET size = 30 WHERE id = 1', /blob 1: it has 8 bytes instead of 30/],
    ['bodies', "UPDATE blobs SET body = x'00ff' WHERE id = 2", /blob 2: it cannot be read/],
    ['bodies', "UPDATE blobs SET encoding = 'br' WHERE id = 2", /blob 2: its encoding is br/],
    ['threads', 'UPDATE posts SET thread_id = 2 WHERE id = 3', /post 3 \(row 3\)/],
    ['threads', 'UPDATE posts SET parent_id = 4 WHERE id = 3', /post 3/],
    ['threads', 'UPDATE posts SET parent_id = 77 WHERE id = 3', /post 3/],
    ['threads', 'UPDATE posts SET parent_id = 3 WHERE id = 2', /post 2 \(row 2\)/],
    ['threads', 'UPDATE posts SET parent_id = id WHERE id = 2', /post 2/],
    ['threads', 'UPDATE posts SET parent_id = 2 WHERE id = 1', /post 1/],
    ['references', 'UPDATE posts SET member_id = 77 WHERE id = 3', /posts 3, to members/],
    ['references', 'DELETE FROM captures WHERE id = 1', /to captures/],
    ['posts', 'UPDATE posts SET text_capture_id = NULL WHERE id = 3', /post 3/],
    ['posts', 'UPDATE posts SET last_capture_id = 99 WHERE id = 3', /post 3/],
    ['posts', "UPDATE posts SET status = 'lost' WHERE id = 3", /post 3/],
    ['posts', "UPDATE posts SET status = 'gone' WHERE id = 3", /post 3/],
    ['posts', "UPDATE posts SET gone_at = '2026-01-01T00:00:00Z' WHERE id = 3", /post 3/],
    ['posts', "UPDATE posts SET posted_from = '2026-01-01T00:00:00Z', posted_at = NULL WHERE id = 3", /post 3/],
    ['revisions', "UPDATE revisions SET replaced_at = '1999-01-01T00:00:00.000Z' WHERE id = 2", /post 1.*revision 2/],
    ['revisions', "UPDATE revisions SET replaced_at = '2026-01-01T01:30:00.000Z' WHERE id = 2", /revision 2/],
    ['events', 'UPDATE events SET member_id = NULL', /event 1/],
    ['runs', 'UPDATE runs SET new_posts = 5', /5 counted, 4 held/],
    ['values', "UPDATE runs SET report = '{'", /report of runs row 1/],
    ['values', 'UPDATE runs SET report = \'{"targets": 1}\'', /report of runs row 1/],
    ['values', "UPDATE posts SET last_seen_at = 'soon' WHERE id = 3", /posts row 3/],
    ['values', "UPDATE sites SET url = 'http://'", /sites row 1/],
    ['runs', 'UPDATE threads SET claimed = NULL WHERE id = 1', /thread 1/],
    ['captures', 'UPDATE captures SET same_as_id = 1 WHERE id = 2', /capture 2/],
    ['values', "UPDATE captures SET headers = 'x' WHERE id = 2", /headers of captures row 2/],
    ['values', "UPDATE captures SET purpose = '[]' WHERE id = 2", /purpose of captures row 2/],
    ['captures', "INSERT INTO blobs VALUES (9, 'f', 0, 'gzip', x'')", /blob 9/],
    [
      'search',
      "INSERT INTO posts_fts (posts_fts, rowid, heading, text) VALUES ('delete', 2, NULL, 'Post 2')",
      /post row 2/,
    ],
    ['frontier', "UPDATE frontier SET task = '[' WHERE id = 1", /frontier 1/],
    [
      'frontier',
      `UPDATE frontier SET task = '{"kind":"dance","request":{"url":"https://a.example/"}}' WHERE id = 1`,
      /frontier 1/,
    ],
    ['frontier', `UPDATE frontier SET task = '{"kind":"group","request":{"url":""}}' WHERE id = 1`, /frontier 1/],
    ['frontier', "UPDATE targets SET options = 'x' WHERE id = 1", /target pass 0/],
  ])('%s: %s', (name, sql, place) => {
    const findings = wrong(checked(changed(archived(), sql)))[name] ?? []
    expect(findings.flatMap(({ where }) => where).join('; ')).toMatch(place)
    for (const { mend, what } of findings)
      expect([mend, what]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\.$/)])
  })

  it('words: the search knows another text than the post has', () => {
    const file = archived()
    changed(file, 'DROP TRIGGER posts_fts_update')
    changed(file, "UPDATE posts SET text = 'Heron again' WHERE id = 1")
    expect(wrong(checked(file))).toMatchObject({ words: [{ where: ['the word edited', 'the word heron'] }] })
    changed(file, "UPDATE posts SET text = 'Heron again and again' WHERE id = 1")
    expect(wrong(checked(file))).toMatchObject({ words: [{ where: ['post row 1'], mend: 'threadkeep verify --mend' }] })
    expect(wrong(checked(file, { quick: true }))).toEqual({})
  })

  it('a gone post needs its event', () => {
    const sql = "UPDATE posts SET status = 'gone', gone_at = last_seen_at, gone_reason = '404' WHERE id = 3"
    expect(wrong(checked(changed(archived(), sql)))).toMatchObject({
      posts: [{ what: expect.stringMatching(/history/) }],
    })
  })

  it('a lock, if its process has ended; of another machine nobody knows', () => {
    const file = changed(
      archived(),
      "INSERT INTO locks (id, pid, host, started_at, command) VALUES (1, 5, 'here', '2026-01-01T00:00:00Z', 'sync')",
    )
    // The next run takes it over, so that the archive is sound all the same: a kill leaves one.
    const left = checked(file, { isAlive: () => false })
    expect(wrong(left)).toEqual({})
    expect(left.find(({ name }) => name === 'lock')).toMatchObject({
      state: 'ok',
      findings: [{ where: ['process 5, since 2026-01-01T00:00:00Z'], mend: 'threadkeep verify --mend' }],
    })
    expect(wrong(checked(file))).toEqual({})
    changed(file, "UPDATE locks SET host = 'elsewhere'")
    expect(wrong(checked(file, { isAlive: () => false }))).toEqual({})
  })

  it('tells of all, and names five', () => {
    const one = shelf()
    one.save(page(Array.from({ length: 20 }, (_, at) => post(String(at + 1), null))))
    one.close()
    changed(one.file, 'UPDATE posts SET text_capture_id = NULL')
    const [found] = wrong(checked(one.file))['posts'] ?? []
    expect([found?.count, found?.where.length]).toEqual([20, 5])
  })
})

describe('mending', () => {
  it('hangs loose replies on the opening post, opens circles, and makes the search anew', () => {
    const file = archived()
    changed(file, 'UPDATE posts SET parent_id = 3 WHERE id = 2; DROP TRIGGER posts_fts_update')
    changed(file, "UPDATE posts SET text = 'a heron' WHERE id = 4")
    expect(mended(file)).toEqual({
      wrong: {},
      mended: [
        { check: 'threads', what: 'Attached 1 post to the opening post of the thread.' },
        { check: 'words', what: 'Rebuilt the full-text index.' },
      ],
    })
    const db = new Sqlite(file, { readonly: true })
    expect(db.prepare('SELECT id, parent_id FROM posts ORDER BY id').raw().all()).toEqual([
      [1, null],
      [2, 1],
      [3, 2],
      [4, null],
    ])
    db.close()
  })

  it('of a reply whose parent is missing, of one in another thread, of an opening post that answers', () => {
    const file = archived()
    changed(
      file,
      'UPDATE posts SET parent_id = 77 WHERE id = 2; UPDATE posts SET parent_id = 4 WHERE id = 3; UPDATE posts SET parent_id = 1 WHERE id = 4',
    )
    expect(mended(file)).toMatchObject({ wrong: {} })
  })

  it('leaves alone what would be lost', () => {
    const file = changed(archived(), 'UPDATE blobs SET size = 3 WHERE id = 1')
    expect(mended(file)).toMatchObject({ mended: [], wrong: { bodies: [{ count: 1 }] } })
  })
})

describe('a damaged file', () => {
  /** A generator of numbers that always gives the same ones. */
  function* numbers(seed: number): Generator<number> {
    for (let state = seed; ; ) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      yield state
    }
  }

  function outcomeOf(file: string): string {
    try {
      return Object.keys(wrong(checked(file))).length > 0 ? 'findings' : 'sound'
    } catch (error) {
      if (error instanceof ArchiveError) return 'error'
      throw error
    }
  }

  it('gives findings or a plain error, wherever it is hit', () => {
    const whole = readFileSync(join(import.meta.dirname, '../../../fixtures/archive/v1.db'))
    const next = numbers(7)
    const number = () => next.next().value as number
    const file = newFile()
    const outcomes = Array.from({ length: 120 }, () => {
      const bytes = Buffer.from(whole)
      const start = number() % bytes.length
      const length = 1 + (number() % 600)
      for (let at = start; at < Math.min(bytes.length, start + length); at++) bytes[at] = number() & 255
      writeFileSync(file, bytes)
      return outcomeOf(file)
    })
    expect(outcomes.filter(outcome => outcome === 'findings').length).toBeGreaterThan(20)
  })

  it.each([
    ['the header', 20, 60],
    ['all but the first page', 4096, 200_000],
  ])('%s', (_, from, to) => {
    const file = archived()
    const bytes = readFileSync(file)
    bytes.fill(0xaa, from, to)
    writeFileSync(file, bytes)
    expect(outcomeOf(file)).not.toBe('sound')
  })

  it('cut off at the end', () => {
    const file = archived()
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.subarray(0, bytes.length - 4096 * 3))
    expect(outcomeOf(file)).not.toBe('sound')
  })
})
