import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { MIGRATIONS } from '../../../../src/archive/schema/migrations.js'
import type { Io } from '../../../../src/cli/terminal/io.js'
import { page, post, shelf } from '../../../archive/shelf.js'
import { newFile } from '../../../run/outside.js'
import { running, testIo, testOut } from '../../test-io.js'

const NOW = Date.UTC(2026, 0, 3, 12)
const END = Date.UTC(2026, 1, 1)
const SECRET = 'c0ffee'

/** A target that was read by a member, whose thread has an edited post and a gone one. */
function archive(): string {
  const one = shelf()
  one.save(page([post('1', null), post('2', '1')]), { pass: 'https://town.example/' })
  one.save(page([post('1', null, { text: 'Other', html: '<p>Other</p>' })]), { pass: 'https://town.example/' })
  one.close()
  change(
    one.file,
    `UPDATE targets SET pass_finished_at = '2026-01-03T10:00:00.000Z', full_read_at = '2026-01-02T10:00:00.000Z',
      options = '{"reader":"session","via":"rest","sleepSeconds":[1,2],"contact":"me@example.org"}';
    UPDATE frontier SET state = 'done', group_id = 1;
    UPDATE posts SET status = 'gone' WHERE site_post_id = '2';
    INSERT INTO events (at, kind, post_id, run_id) VALUES ('2026-01-03', 'gone', 2, 1);
    UPDATE runs SET finished_at = '2026-01-03', exit_code = 3, requests = 4, new_posts = 2, changed_posts = 1`,
  )
  return one.file
}

function change(file: string, sql: string): void {
  const db = new Sqlite(file)
  db.exec(sql)
  db.close()
}

/** A folder of logins with one for the town. */
function config(login: object = {}): string {
  const folder = dirname(newFile())
  mkdirSync(join(folder, 'sessions'))
  const credentials = { cookies: [{ key: 'wordpress_logged_in_x', value: SECRET }], passwords: [] }
  const session = { site: 'https://www.town.example/', user: 'ada', kind: 'session', savedAt: 'x', endsAt: null }
  const text = JSON.stringify({ schema: 'threadkeep.session/1', ...session, credentials, ...login })
  writeFileSync(join(folder, 'sessions', 'town.example_.json'), text)
  return folder
}

const status = (file: string, line: string[] = [], changes: Partial<Io> = {}, out = testOut()) => {
  const io = testIo(
    { env: { THREADKEEP_CONFIG: '/nowhere', NO_COLOR: '1' }, now: () => NOW, ...changes },
    { sessionEnds: () => END },
  )
  io.stdout = out
  return running(['status', '--db', file, ...line], io)
}

const valid = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL('../../../../docs/schema/status-1.json', import.meta.url), 'utf8')) as object,
)

describe('status of a file', () => {
  test('tells how targets are synced, what is held, and of the last runs', async () => {
    const { code, out } = await status(archive())
    expect(code).toBe(0)
    expect(out.replace(/File: .*/, 'File: …')).toMatchInlineSnapshot(`
      "https://town.example/  read 2026-01-03T10:00:00Z, as a member
        2 h ago; 1 thread; the next sync reads it completely (by rest); last read completely 2026-01-02
        no login is kept for it: threadkeep login https://town.example/, or --cookies
      Gardeners  unknown
      Last runs:
        1  2026-01-01T00:00:00Z  exit code 3  4 requests, 2 new, 1 changed, 1 gone  threadkeep test
      Content: 1 group, 1 thread, 1 live post, 1 gone post, 1 earlier text
      File: …
      "
    `)
    expect(out).toMatch(
      new RegExp(`^File: [\\d.]+ kB, \\d+ B of it 2 captured responses; schema ${MIGRATIONS.length}$`, 'm'),
    )
  })

  test('has the whole command of a run, also in a narrow window', async () => {
    const file = archive()
    const command = 'archive https://town.example/groups/gardeners-of-the-northern-allotments/ --sleep-requests 5'
    change(file, `UPDATE runs SET command = '${command}'`)
    const said = async (out = testOut()) => (await status(file, [], {}, out)).out.replace(/\s+/g, ' ')
    for (const out of [testOut(), testOut({ isTTY: true, width: 50 })])
      expect(await said(out)).toContain(
        `exit code 3 4 requests, 2 new, 1 changed, 1 gone threadkeep ${command} Content`,
      )
  })

  test('names groups that are closed to the reader', async () => {
    const file = archive()
    change(file, "PRAGMA foreign_keys = OFF; UPDATE groups SET access = 'members'; DELETE FROM posts")
    expect((await status(file)).out).toMatch(/^\S+ {2}members only: no post of it is held$/m)
    expect((await running(['list', '--db', file, '--groups'], testIo())).out).toContain('\tmembers only\t')
    const json = JSON.parse((await status(file, ['--json'])).out)
    expect(valid(json), JSON.stringify(valid.errors)).toBe(true)
    expect(json.groups).toMatchObject([{ slug: 'gardeners', access: 'members', posts: 0, closed: true }])
  })

  test('says of each group whether it is complete, the others first', async () => {
    const file = archive()
    change(
      file,
      `UPDATE groups SET stream_read_at = '2026-01-01'; UPDATE threads SET claimed = held FROM readable_threads AS r WHERE r.id = threads.id;
      INSERT INTO groups (site_id, site_group_id, slug, name, url, first_seen_at, last_seen_at, stream_read_at, left_out)
        SELECT 1, 10 + value, 'g' || value, 'Group ' || value, 'x' || value, 'x', 'x', 'x', value = 9 FROM json_each('[1, 2, 3, 4, 5, 6, 7, 8, 9]')`,
    )
    const { out } = await status(file)
    const lines = out.split('\n').filter(line => /complete|short/.test(line) && !line.startsWith(' '))
    expect(lines.slice(0, 3)).toEqual(['Group 9  short 0/1', 'Gardeners  complete 1/1', 'Group 1  complete 0/0'])
    expect(lines.slice(7)).toEqual(['Group 6  complete 0/0', '2 more groups: 2 complete'])
  })

  test('--json keeps to its schema', async () => {
    const { out } = await status(archive(), ['--json'])
    const json = JSON.parse(out) as Record<string, unknown>
    expect(valid(json), JSON.stringify(valid.errors)).toBe(true)
    expect(json).toMatchObject({
      targets: [
        {
          ageSeconds: 7200,
          logins: [],
          sync: { via: 'rest', sleepSeconds: [1, 2], ignoreRobots: false, next: 'whole', threads: 1 },
        },
      ],
      counts: { groups: 1, threads: 1, livePosts: 1, gonePosts: 1, revisions: 1, captures: 2 },
      lastRuns: [{ requests: 4, newPosts: 2, changedPosts: 1, gonePosts: 1 }],
      file: { freeBytes: 0, schema: MIGRATIONS.length },
    })
    expect(out).not.toContain('me@example.org')
  })

  test('says how long a login lasts, and nothing of what it is made of', async () => {
    const file = archive()
    const env = (login: object = {}) => ({ env: { THREADKEEP_CONFIG: config(login) } })
    const { out } = await status(file, [], env())
    expect(out).toContain('  login for https://www.town.example/ until 2026-02-01\n')
    const ended = await status(file, ['--json'], env({ endsAt: '2026-01-01T00:00:00.000Z' }))
    expect(JSON.parse(ended.out)).toMatchObject({
      targets: [{ logins: [{ site: 'https://www.town.example/', kind: 'session', ended: true }] }],
    })
    expect(valid(JSON.parse(ended.out))).toBe(true)
    expect(ended.out + out).not.toMatch(new RegExp(`${SECRET}|\\bada\\b`))
    const other = await status(file, [], env({ site: 'https://other.example/' }))
    expect(other.out).toContain('no login is kept')
  })

  test('a login that can not be read is told, and hides nothing', async () => {
    const { code, out, err } = await status(archive(), [], { env: { THREADKEEP_CONFIG: config({ schema: 'x' }) } })
    expect([code, err]).toEqual([0, expect.stringContaining('is not a login that threadkeep has stored')])
    expect(out).toContain('Content: 1 group')
    expect(err).not.toContain(SECRET)
  })

  test.each([
    ["UPDATE frontier SET state = 'pending'", 'resume'],
    ['UPDATE targets SET full_read_at = NULL', 'whole'],
    [
      `WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 700)
      INSERT INTO posts (id, site_id, site_post_id, thread_id, group_id, type, url, first_seen_at, last_seen_at, first_run_id, last_run_id)
      SELECT i, 1, i, i, 1, 'activity_update', 'x', 'x', 'x', 1, 1 FROM n`,
      'part',
    ],
  ])('the next sync: %#', async (sql, next) => {
    const file = archive()
    change(file, sql)
    const [target] = (JSON.parse((await status(file, ['--json'])).out) as { targets: { sync: { next: string } }[] })
      .targets
    expect(target?.sync.next).toBe(next)
  })

  test('the last five runs, youngest first, each on one line of the window', async () => {
    const file = archive()
    change(
      file,
      `WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 9)
        INSERT INTO runs (id, command, version, started_at) SELECT i, 'sync \x1b[2J' || i || ' with a command line that is too long', '0', '2026-01-02T00:00:00.000Z' FROM n`,
    )
    const { out } = await status(file, [], {}, testOut({ isTTY: true, width: 80 }))
    const runs = out.split('\n').filter(line => /^ {2}\d/.test(line) && line.includes('Z  '))
    expect(runs.map(line => line.trim().slice(0, 1))).toEqual(['9', '8', '7', '6', '5'])
    expect(runs.every(line => line.length <= 80)).toBe(true)
    expect(out).not.toContain('\x1b')
    expect(runs[0]).toContain('killed before it finished')
  })

  test('an archive without anything', async () => {
    const one = shelf()
    one.close()
    change(one.file, 'DELETE FROM runs')
    expect((await status(one.file)).out).toMatch(
      /^No target has been archived yet\. Run "threadkeep archive URL" first\.\nContent: 0 groups, 0 threads/,
    )
    expect(valid(JSON.parse((await status(one.file, ['--json'])).out))).toBe(true)
  })
})

describe('a target whose last run named a problem', () => {
  const report = (state: string, messages: string[]) => {
    const problems = messages.map(message => ({ url: 'https://town.example/', message, advice: null, exitCode: 3 }))
    return JSON.stringify({ targets: [{ target: 'https://town.example/', state, problems }] }).replaceAll("'", "''")
  }
  const told = (state: string, messages: string[]) => {
    const file = archive()
    change(file, `UPDATE runs SET report = '${report(state, messages)}'`)
    return file
  }

  test('is not called read completely, and the problem is shown', async () => {
    const { out } = await status(told('partial', ['Theme: 1 of 2 posts agree with the feed.']))
    expect(out).toContain('read 2026-01-03T10:00:00Z, partly')
    expect(out).toContain('its lists were last read to their end 2026-01-02')
    expect(out).not.toContain('read completely 2026')
    expect(out).toContain('  problem  Theme: 1 of 2 posts agree with the feed.\n')
  })

  test('--json says so, and keeps to its schema', async () => {
    const { out } = await status(told('partial', ['Theme: 1 of 2 posts agree with the feed.']), ['--json'])
    const json = JSON.parse(out) as { targets: unknown[] }
    expect(valid(json), JSON.stringify(valid.errors)).toBe(true)
    expect(json.targets[0]).toMatchObject({ lastState: 'partial', problems: [expect.stringContaining('Theme')] })
  })

  test('is as old as the last run that read something of it: a site that is down is not read', async () => {
    const file = told('done', [])
    change(
      file,
      `INSERT INTO runs (command, version, started_at, finished_at, exit_code, report)
        VALUES ('sync', '1', '2026-01-03T09:00:00Z', '2026-01-03T10:00:00Z', 3, '${report('failed', ['It is down.'])}');
      UPDATE runs SET finished_at = '2025-12-01T00:00:00Z' WHERE id = 1`,
    )
    const { code, out } = await status(file, ['--check'])
    expect([code, out]).toEqual([2, expect.stringContaining('read 33 days ago')])
    expect((await status(told('failed', []), ['--check'])).out).toContain('age=93600s;')
  })

  test('is called so after a run that was done', async () => {
    const { out } = await status(told('done', []))
    expect(out).toContain('last read completely 2026-01-02')
    expect(out).not.toContain('problem')
  })
})

describe('status --check', () => {
  const days = (number: number) => new Date(NOW + number * 86_400_000).toISOString()

  test.each([
    ['in a week', days(7), 0, /^THREADKEEP OK - /],
    ['in two days', days(2), 1, /^THREADKEEP WARNING - https:\/\/town\.example\/: its session ends on 2026-01-05/],
    ['yesterday', days(-1), 2, /^THREADKEEP CRITICAL - https:\/\/town\.example\/: its session ended on 2026-01-02/],
  ])('a session that ends %s', async (_when, endsAt, code, words) => {
    const file = archive()
    change(file, 'UPDATE runs SET exit_code = 0')
    const result = await status(file, ['--check'], { env: { THREADKEEP_CONFIG: config({ endsAt }) } })
    expect([result.code, result.out]).toEqual([code, expect.stringMatching(words)])
  })
})
