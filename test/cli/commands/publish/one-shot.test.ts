import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { CLOCK } from '../../../../src/node/process.js'
import { type CommunityServer, communityOf, serveCommunity } from '../../../community/index.js'
import type { Doubles } from '../../doubles.js'
import { running, testIo } from '../../test-io.js'

/** `threadkeep export URL` where no archive holds it. */

let server: CommunityServer
/** What the server does before it answers; true: it answers no more. */
let intercept: NonNullable<Parameters<typeof serveCommunity>[1]>['intercept']
beforeAll(async () => {
  const community = communityOf({ posts: [{}, { parentId: 1 }, {}] })
  server = await serveCommunity(community, {
    intercept: (request, response) => intercept?.(request, response) ?? false,
  })
})
afterAll(() => server.close())

let cwd = ''
let temporary = ''
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'one-shot-'))
  temporary = mkdtempSync(join(tmpdir(), 'one-shot-tmp-'))
  vi.stubEnv('TMPDIR', temporary)
})
afterEach(() => {
  vi.unstubAllEnvs()
  for (const folder of [cwd, temporary]) rmSync(folder, { recursive: true })
  intercept = undefined
})

/** The real fetch. */
const REAL = { archiveTargets: undefined } as unknown as Doubles
const ioOf = (env: Record<string, string> = {}) => testIo({ cwd, env, ...CLOCK }, REAL)

const command = (line: string, io = ioOf()) =>
  running([...line.split(' '), '--sleep-requests', '0', '--retries', '0'], io)
const file = (name: string) => readFileSync(join(cwd, name), 'utf8')
const thread = () => `${server.url}activity/p/1/`
const group = () => `${server.url}groups/gardeners/`

describe('with no archive', () => {
  it('a thread is fetched, written, and nothing else is left', async () => {
    const { code, out, err } = await command(`export ${thread()} -o thread.md`)
    expect([code, out]).toEqual([0, ''])
    expect(err).toContain('There is no archive: this is fetched for this export only.')
    expect(err).toContain(`To keep it: threadkeep archive ${thread()}\n`)
    expect(err).toContain('1 thread, 2 posts written to thread.md\n')
    expect(readdirSync(cwd)).toEqual(['thread.md'])
    expect(readdirSync(temporary)).toEqual([])
    expect(file('thread.md').match(/^title: /gm)).toHaveLength(1)
  })

  it('an address as browsers show it, without http://, is one', async () => {
    const { code, err } = await command(`export ${thread().replace('http://', '')} -o thread.md`)
    expect([code, err]).toEqual([0, expect.stringContaining('1 thread, 2 posts written to thread.md\n')])
  })

  it('a group is one document, and data goes to stdout alone', async () => {
    const { code, out, err } = await command(`export ${group()} -f jsonl`)
    expect([code, out.trim().split('\n').length]).toEqual([0, 3])
    expect(err).toContain('2 threads, 3 posts written to stdout')
    expect(readdirSync(cwd)).toEqual([])
  })

  it('a community is everything in it', async () => {
    expect((await command(`export ${server.url} -o all.jsonl`)).code).toBe(0)
    expect(file('all.jsonl').trim().split('\n')).toHaveLength(3)
  })

  it('--quiet says nothing', async () => {
    const { code, err } = await command(`export ${thread()} -o thread.md -q`)
    expect([code, err]).toEqual([0, ''])
  })

  it('--db makes the archive that it names, and keeps it', async () => {
    expect((await command(`export ${thread()} -o thread.md --db new.db`)).code).toBe(0)
    expect(readdirSync(cwd).filter(name => !/-(wal|shm)$/.test(name))).toEqual(['new.db', 'thread.md'])
    expect((await command('export --db new.db -f jsonl', ioOf())).out.trim().split('\n')).toHaveLength(2)
  })

  it('the archive of the environment is not made', async () => {
    const io = ioOf({ THREADKEEP_DB: join(cwd, 'jobs.db') })
    expect((await command(`export ${thread()} -o thread.md`, io)).code).toBe(0)
    expect(readdirSync(cwd)).toEqual(['thread.md'])
  })

  it('a name that is no URL needs an archive', async () => {
    const { code, err } = await command('export gardeners -o thread.md')
    expect([code, existsSync(join(cwd, 'thread.md'))]).toEqual([6, false])
    expect(err).toContain('threadkeep.db')
  })
})

describe('with an archive', () => {
  beforeEach(async () => {
    expect((await command(`archive ${thread()}`)).code).toBe(0)
  })
  const archiveBytes = () => readFileSync(join(cwd, 'threadkeep.db'))

  it('what it holds is exported from it, without a request', async () => {
    const before = server.requests.length
    const { code, err } = await command(`export ${thread()} -o thread.md`)
    expect([code, err, server.requests.length]).toEqual([
      0,
      'Nothing is fetched for this export, so --sleep-requests and --retries changed nothing. To read the site anew first: threadkeep sync\n' +
        '1 thread, 2 posts written to thread.md\n',
      before,
    ])
  })

  it('what it does not hold is fetched for this export only, and the archive stays as it is', async () => {
    const before = archiveBytes()
    const other = `${server.url}activity/p/3/`
    const { code, err } = await command(`export ${other} -o thread.md`)
    expect(code).toBe(0)
    expect(err).toContain('The archive does not hold this: it is fetched for this export only.')
    expect(archiveBytes().equals(before)).toBe(true)
    expect(readdirSync(temporary)).toEqual([])
  })

  it('of two, where it holds one, nothing is fetched: the other one is unknown', async () => {
    const before = server.requests.length
    const { code, err } = await command(`export ${thread()} ${server.url}activity/p/3/ -o x.md`)
    expect([code, server.requests.length]).toEqual([2, before])
    expect(err).toContain(`${server.url}activity/p/3/`)
  })
})

describe('what the fetch ends with', () => {
  it('a gap: 3, a document, and what is missing', async () => {
    // One of two threads cannot be read.
    intercept = ({ path }, response) => {
      if (!/activity\/(p\/)?3\b/.test(path)) return false
      response.writeHead(503).end()
      return true
    }
    const { code, err } = await command(`export ${thread()} ${server.url}activity/p/3/ -o thread.md`)
    expect([code, existsSync(join(cwd, 'thread.md'))]).toEqual([3, true])
    expect(err).toContain('503')
  })

  it.each([
    ['a site that cannot be reached: 3', 3, () => 'http://127.0.0.1:1/groups/bees/'],
    ['a group that does not exist: 4', 4, () => `${server.url}groups/none/`],
  ])('%s, and no document', async (_, expected, url) => {
    const { code, out, err } = await command(`export ${url()} -o thread.md`)
    expect([code, out, readdirSync(cwd), readdirSync(temporary)]).toEqual([expected, '', [], []])
    expect(err).toContain('Problem: ')
    expect(err).toContain('No document was written.\n')
  })

  it.each([
    ['pages that are no BuddyPress: 5', 5, '<h1>A shop</h1>', 'text/html'],
    ['a robots.txt that disallows it: 8', 8, 'User-agent: *\nDisallow: /', 'text/plain'],
  ])('%s, and no document', async (_, expected, body, type) => {
    intercept = (_request, response) => {
      response.writeHead(200, { 'content-type': type }).end(body)
      return true
    }
    const { code, err } = await command(`export ${group()} -o thread.md`)
    expect([code, readdirSync(cwd), readdirSync(temporary)]).toEqual([expected, [], []])
    expect(err).toContain('No document was written.\n')
  })

  it('a format whose program is missing: 2, before any request', async () => {
    const before = server.requests.length
    const { code, err } = await command(`export ${thread()} -o thread.docx`, ioOf({ PATH: cwd }))
    expect([code, server.requests.length, readdirSync(cwd)]).toEqual([2, before, []])
    expect(err).toContain('pandoc is needed for this format')
  })

  it('Ctrl-C: 130, no document, and nothing is left', async () => {
    let io = ioOf()
    let stop = () => {}
    io = Object.assign(io, {
      onInterrupt: (first: () => void) => {
        stop = first
        return () => {}
      },
    })
    intercept = () => {
      stop()
      return false
    }
    const { code, err } = await command(`export ${group()} -o thread.md`, io)
    expect([code, readdirSync(cwd), readdirSync(temporary)]).toEqual([130, [], []])
    expect(err).toContain('Interrupted: no document was written.')
  })
})
