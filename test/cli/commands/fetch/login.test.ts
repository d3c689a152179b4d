import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sessionFolder } from '../../../../src/cli/session/session-store.js'
import type { Io } from '../../../../src/cli/terminal/io.js'
import { type Credentials, NO_CREDENTIALS } from '../../../../src/model/credentials.js'
import { AccessError } from '../../../../src/model/errors.js'
import type { ArchiveOptions, LoginRequest } from '../../../../src/run/run.js'
import { readerOf } from '../../fake-reader.js'
import { holding, running, testIo } from '../../test-io.js'

const SITE = 'https://town.example/'
const SESSION: Credentials = {
  cookies: [{ key: 'wordpress_logged_in_1', value: 'topsecret', domain: 'town.example' }],
  passwords: [],
}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const NOW = Date.UTC(2024, 4, 20, 10, 30)
const requests: LoginRequest[] = []
let asked: [string, boolean][] = []
let sessions: Credentials[] = []

/** A command line, by somebody whose answers these are. */
async function at(
  line: string[],
  changes: Partial<Io> = {},
  endsAt: number | null = NOW + 14 * 86_400_000,
  site = SITE,
) {
  requests.length = 0
  asked = []
  sessions = []
  const io = testIo(
    {
      env: { THREADKEEP_CONFIG: folder },
      ask: async question => {
        asked.push([question, false])
        return 'anna'
      },
      askHidden: async question => {
        asked.push([question, true])
        return 'correct horse'
      },
      ...changes,
    },
    {
      ...holding(readerOf([])),
      logIn: async request => {
        requests.push(request)
        if (request.password === 'wrong') throw new AccessError('No.', 'Try again.')
        return { site, user: request.user, credentials: SESSION, endsAt }
      },
      sessionEnds: () => endsAt,
      archiveTargets: async (_targets, options: ArchiveOptions) => {
        sessions.push(options.credentials)
        return Promise.reject(new AccessError('Enough.'))
      },
    },
  )
  return running(line, io)
}

const login = (...more: string[]) => ['login', SITE, ...more]
const files = () => (existsSync(join(folder, 'sessions')) ? readdirSync(join(folder, 'sessions')) : [])

describe('login', () => {
  it('asks a person for name and password, the second unseen, and keeps the session for them alone', async () => {
    const { code, out, err } = await at(login(), { stdinIsTTY: true })
    expect([code, out]).toEqual([
      0,
      'Logged in to https://town.example/ as anna. The session lasts until 2024-06-03.\n',
    ])
    expect(asked).toEqual([
      ['User name or mail address: ', false],
      ['Password of anna: ', true],
    ])
    expect(requests[0]).toMatchObject({ site: SITE, user: 'anna', password: 'correct horse' })
    const file = join(folder, 'sessions', files()[0] ?? '')
    expect([statSync(file).mode & 0o777, statSync(join(folder, 'sessions')).mode & 0o777]).toEqual([0o600, 0o700])
    expect(readFileSync(file, 'utf8')).not.toContain('horse')
    expect(out + err).not.toMatch(/horse|topsecret/)
  })

  it('reads the first line of standard input where nobody is', async () => {
    const { code } = await at(login('--user', 'anna'), { readStdin: async () => 'correct horse\r\n' })
    expect([code, requests[0]?.password, asked]).toEqual([0, 'correct horse', []])
  })

  it.each([
    [login(), { readStdin: async () => 'correct horse' }, 'No user name was given.'],
    [login('--user', 'anna'), {}, 'No password was given.'],
    [login('--user', 'anna', '--no-input'), { stdinIsTTY: true }, 'No password was given.'],
    [login(), { stdinIsTTY: true, ask: async () => null }, 'No user name was given.'],
    [['login'], {}, 'No community was named.'],
    [['logout'], {}, 'Name one community, or use --all.'],
  ])('%j without what it needs is wrong usage, and asks for nothing', async (line, changes, message) => {
    const { code, err } = await at(line, changes)
    expect([code, asked, files()]).toEqual([2, [], []])
    expect(err).toContain(message)
  })

  it('--json goes with --status only: no sentence comes where a document was wanted', async () => {
    const { code, out, err } = await at(login('-u', 'anna', '--json'), { readStdin: async () => 'x' })
    expect([code, files()]).toEqual([2, []])
    expect(JSON.parse(out)).toMatchObject({ schema: 'threadkeep.error/1' })
    expect(err).toContain('--json goes with --status only.')
  })

  it('that is refused keeps nothing', async () => {
    const { code } = await at(login('-u', 'anna'), { readStdin: async () => 'wrong' })
    expect([code, files()]).toEqual([4, []])
  })

  it('--status shows what is kept and how long it lasts, and nothing of it', async () => {
    expect((await at(['login', '--status'])).err).toBe('No login is kept.\n')
    await at(login('-u', 'anna'), { readStdin: async () => 'x' })
    const { out } = await at(['login', '--status'])
    expect(out).toBe('https://town.example/  anna, until 2024-06-03\n')
    const later = await at(['login', '--status'], { now: () => NOW + 15 * 86_400_000 })
    expect(later.out).toBe('https://town.example/  anna, ended 2024-06-03\n')
    const { out: json } = await at(['login', '--status', '--json'])
    expect(JSON.parse(json)).toMatchObject({ schema: 'threadkeep.logins/1', logins: [{ site: SITE, user: 'anna' }] })
    const schema = new URL('../../../../docs/schema/logins-1.json', import.meta.url)
    const valid = new Ajv2020({ allowUnionTypes: true }).compile(JSON.parse(readFileSync(schema, 'utf8')))
    expect(valid(JSON.parse(json)), JSON.stringify(valid.errors)).toBe(true)
    expect(out + json).not.toContain('topsecret')
  })

  it('logout forgets it, by any page of the community', async () => {
    await at(login('-u', 'anna'), { readStdin: async () => 'x' })
    const { code, out } = await at(['logout', 'https://town.example/groups/bees/'])
    expect([code, out, files()]).toEqual([0, 'Removed the login to https://town.example/.\n', []])
    expect((await at(['logout', '--all'])).code).toBe(0)
  })

  it('logout forgets the community that the address lies in, not others on the host', async () => {
    for (const site of ['https://town.example/', 'https://town.example/other/']) {
      await at(['login', site, '-u', 'anna'], { readStdin: async () => 'x' }, null, site)
    }
    expect((await at(['logout', 'https://town.example/other/groups/x/'])).out).toBe(
      'Removed the login to https://town.example/other/.\n',
    )
    expect((await at(['login', '--status'])).out).toContain('https://town.example/  anna')
  })

  it.skipIf(process.platform === 'win32')('a kept session that others may read is not used (POSIX)', async () => {
    await at(login('-u', 'anna'), { readStdin: async () => 'x' })
    chmodSync(join(folder, 'sessions', files()[0] ?? ''), 0o644)
    const { code, err } = await at(['archive', SITE])
    expect([code, sessions]).toEqual([2, []])
    expect(err).toContain('chmod 600')
    // Another site's is nobody's affair, and it can be forgotten.
    await at(['archive', 'https://other.example/'])
    expect(sessions).toEqual([NO_CREDENTIALS])
    expect((await at(['logout', '--all'])).code).toBe(0)
  })
})

describe('archive', () => {
  const keep = () => at(login('-u', 'anna'), { readStdin: async () => 'x' })

  it('reads as the member whose login is kept, on that host alone', async () => {
    await keep()
    await at(['archive', 'https://www.town.example/groups/bees/'])
    expect(sessions).toEqual([SESSION])
    await at(['archive', 'https://other.example/'])
    expect(sessions).toEqual([NO_CREDENTIALS])
    await at(['archive', SITE, '--no-session'])
    expect(sessions).toEqual([NO_CREDENTIALS])
  })

  it.each([
    [NOW + 2 * 86_400_000, 'ends on 2024-05-22'],
    [NOW - 86_400_000, 'ended on 2024-05-19'],
  ])('warns of a session that ends soon, once a host', async (endsAt, words) => {
    await keep()
    const { err } = await at(['archive', `${SITE}groups/wasps/`, `${SITE}groups/bees/`], {}, endsAt)
    expect(err.match(/Warning:/g)).toHaveLength(1)
    expect(err).toContain(words)
    expect(err).toContain(`Log in again: threadkeep login ${SITE}\n`)
  })

  it.each(['wordpress_logged_in_1=topsecret', 'a=topsecret; b=1', "curl 'https://town.example/' -b 'a=topsecret'"])(
    'cookies in place of their file are wrong usage, and are not repeated: %s',
    async cookies => {
      const { code, out, err } = await at(['archive', SITE, '--cookies', cookies])
      expect([code, (out + err).includes('topsecret')]).toEqual([2, false])
      expect(err).toContain('--cookies -')
    },
  )

  it('says nothing of one that lasts', async () => {
    await keep()
    expect((await at(['archive', SITE])).err).not.toContain('Warning')
  })
})

it.each([
  [{ env: { THREADKEEP_CONFIG: '/a' }, home: '/h', platform: 'linux' }, '/a/sessions'],
  [{ env: { XDG_CONFIG_HOME: '/x' }, home: '/h', platform: 'linux' }, '/x/threadkeep/sessions'],
  [{ env: {}, home: '/h', platform: 'darwin' }, '/h/.config/threadkeep/sessions'],
  [{ env: { APPDATA: '/roaming' }, home: '/h', platform: 'win32' }, '/roaming/threadkeep/sessions'],
])('%j keeps its logins in %s', (io, path) => expect(sessionFolder(io)).toBe(join(path)))

it('without a home folder a login has no place, and all else works', async () => {
  const nowhere: Partial<Io> = { env: {}, home: null, readStdin: async () => 'correct horse' }
  const { code, err } = await at(login('-u', 'anna'), nowhere)
  expect([code, err]).toEqual([2, expect.stringContaining('THREADKEEP_CONFIG')])
  expect((await at(['login', '--status'], nowhere)).code).toBe(0)
  expect((await at(['logout', '--all'], nowhere)).code).not.toBe(1)
})

describe('several communities on one host', () => {
  const SITES = ['https://town.example/a/b/', 'https://town.example/a_b/', 'https://town.example/A/b/', SITE]
  const keepAll = async () => {
    for (const site of SITES) await at(login('-u', 'anna'), { readStdin: async () => 'x' }, undefined, site)
  }

  it('have a login each, in files whose names differ on any file system', async () => {
    await keepAll()
    expect(new Set(files().map(name => name.toLowerCase())).size).toBe(4)
    const { out } = await at(['login', '--status'])
    for (const site of SITES) expect(out).toContain(`${site} `)
  })

  it('are read with the login of their own folder', async () => {
    await keepAll()
    for (const name of files()) {
      const file = join(folder, 'sessions', name)
      const session = JSON.parse(readFileSync(file, 'utf8'))
      session.credentials.cookies[0].value = session.site
      writeFileSync(file, JSON.stringify(session), { mode: 0o600 })
    }
    for (const site of SITES) {
      await at(['archive', `${site}groups/bees/`])
      expect(sessions[0]?.cookies.map(({ value }) => value)).toEqual([site])
    }
  })

  it('an earlier file of another name is the same login: replaced, and forgotten', async () => {
    await keepAll()
    renameSync(
      join(folder, 'sessions', 'town.example_a%5fb_.json'),
      join(folder, 'sessions', 'town.example_a_b_.json.json'),
    )
    await at(login('-u', 'eve'), { readStdin: async () => 'x' }, undefined, 'https://town.example/a_b/')
    expect(files()).toHaveLength(4)
    expect((await at(['logout', 'https://town.example/a_b/'])).code).toBe(0)
    expect(files()).toHaveLength(3)
  })
})
