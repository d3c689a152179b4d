import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Io } from '../../../src/cli/terminal/io.js'
import { AccessError } from '../../../src/model/errors.js'
import { newFile } from '../../run/outside.js'
import type { Doubles } from '../doubles.js'
import { readerOf } from '../fake-reader.js'
import { holding, running, testIo } from '../test-io.js'

let cwd = ''
let own = ''
beforeEach(() => {
  cwd = dirname(newFile())
  own = dirname(newFile())
})

const beside = (text: string) => writeFileSync(join(cwd, 'threadkeep.yaml'), text)
const inOwnFolder = (text: string) => writeFileSync(join(own, 'threadkeep.yaml'), text)

const command = (line: string[], env: Io['env'] = {}, doubles: Doubles = {}) =>
  running(line, testIo({ cwd, env: { THREADKEEP_CONFIG: own, ...env } }, doubles))

/** The options with which `archive` begins a run. */
async function optionsOf(line: string[] = [], env: Io['env'] = {}): Promise<object> {
  let options: object = {}
  const archiveTargets: Doubles['archiveTargets'] = async (_targets, given) => {
    options = given
    throw new AccessError('Enough.')
  }
  const { err } = await command(['archive', 'https://a.example/', ...line], env, {
    ...holding(readerOf([])),
    archiveTargets,
  })
  expect(err).toContain('Enough.')
  return options
}

interface Shown {
  files: { file: string; found: boolean }[]
  settings: { name: string; value: unknown; source: string; where: string | null }[]
}
const valid = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL('../../../docs/schema/config-1.json', import.meta.url), 'utf8')) as object,
)

async function shown(line: string[] = [], env: Io['env'] = {}): Promise<Shown> {
  const { code, out, err } = await command(['config', 'show', '--json', ...line], env)
  expect([code, err]).toEqual([0, ''])
  const document = JSON.parse(out) as Shown
  expect(valid(document), JSON.stringify(valid.errors)).toBe(true)
  return document
}

describe('settings', () => {
  it('come from a flag, else the environment, else the file beside the archive, else the user, else the default', async () => {
    inOwnFolder('retries: 1\ntimeout: 11\nhosts: 2\nsleep-requests: 2-4\n')
    beside('retries: 2\ntimeout: 22\nhosts: 3\n')
    const options = await optionsOf(['--retries', '9'], { THREADKEEP_TIMEOUT: '33', THREADKEEP_RETRIES: '8' })
    expect(options).toMatchObject({ retries: 9, timeoutSeconds: 33, hosts: 3, sleepSeconds: [2, 4], failHard: false })
  })

  it('reach each command that has the flag, and no other', async () => {
    beside('max-requests: 7\nwarn-age: 1h\nfail-hard: true\n')
    expect(await optionsOf()).toMatchObject({ maxRequests: 7, failHard: true })
    expect((await command(['list', '--json'], {}, holding(readerOf([])))).code).toBe(0)
  })

  it('beside an archive are found by --db', async () => {
    const file = newFile()
    writeFileSync(join(dirname(file), 'threadkeep.yaml'), 'hosts: 5\n')
    expect(await optionsOf(['--db', file])).toMatchObject({ hosts: 5 })
    expect(await optionsOf()).toMatchObject({ hosts: 1 })
  })

  it('count paths from the folder of their file', async () => {
    inOwnFolder('db: archives/a.db\n')
    const { settings, files } = await shown()
    expect(settings[0]).toMatchObject({ name: 'db', value: join(own, 'archives/a.db'), source: 'user-file' })
    expect(files).toEqual([
      { file: join(own, 'threadkeep.yaml'), found: true },
      { file: join(own, 'archives/threadkeep.yaml'), found: false },
    ])
  })

  it('may say false for a flag that begins with no-', async () => {
    inOwnFolder('input: false\nquiet: true\n')
    const { settings } = await shown()
    expect(settings.filter(({ name }) => name === 'input' || name === 'quiet')).toMatchObject([
      { value: true, where: `${join(own, 'threadkeep.yaml')}, line 2, quiet` },
      { value: false, where: `${join(own, 'threadkeep.yaml')}, line 1, input` },
    ])
    expect((await command(['list'], { THREADKEEP_QUIET: 'maybe' })).err).toContain('THREADKEEP_QUIET: it must be true')
  })

  it('of an empty file are none, and a byte order mark is no part of the first', async () => {
    beside('')
    inOwnFolder('\ufeffhosts: 4 # two communities\n')
    expect(await optionsOf()).toMatchObject({ hosts: 4 })
  })

  it('do not make cookies of a password', async () => {
    inOwnFolder('cookies: cookies.txt\n')
    const { code, err } = await command(['login', 'https://a.example/', '--no-input'])
    expect([code, err]).toEqual([2, expect.stringContaining('No user name was given')])
  })
})

describe('config show', () => {
  it('says where each value comes from', async () => {
    beside('time-limit: 2h\n')
    const { settings } = await shown(['--quiet'], { THREADKEEP_HOSTS: '3' })
    const of = (name: string) => settings.find(one => one.name === name)
    expect(of('time-limit')).toMatchObject({ value: '2h', source: 'archive-file' })
    expect(of('hosts')).toMatchObject({ value: '3', source: 'environment', where: 'THREADKEEP_HOSTS' })
    expect(of('quiet')).toMatchObject({ value: true, source: 'flag', where: null })
    expect(of('retries')).toMatchObject({ value: 4, source: 'default' })
    expect(of('look-back')).toMatchObject({ value: '30d', source: 'default' })
    const { out } = await command(['config'])
    expect(out).toContain(`time-limit\t2h\tarchive-file\t${join(cwd, 'threadkeep.yaml')}, line 1, time-limit\n`)
  })

  it('has nothing else to do', async () => {
    const set = await command(['config', 'set', 'time-limit', '2h'])
    expect([set.code, set.err]).toEqual([2, expect.stringContaining('beside the archive: "time-limit: VALUE"\n')])
    expect((await command(['config', 'set'])).err).toContain('beside the archive: "NAME: VALUE"\n')
    expect((await command(['config', 'show', 'time-limit'])).code).toBe(2)
  })
})

describe('a file of settings with a fault', () => {
  it.each([
    ['hosts: 1\ntim-limit: 2h', 2, '"tim-limit" is not a setting', 'Did you mean time-limit?'],
    ['time-limit: soon', 1, 'it must be a length of time', '--time-limit <time>'],
    ['hosts: 1\nlocale: de_DE', 2, 'it must be a tag of BCP 47', '--locale <tag>'],
    ['timezone: Mars', 1, '"Mars" is no time zone', ''],
    ['hosts: true', 1, 'it must be a value, not true', ''],
    ['quiet: 3', 1, 'it must be true or false', ''],
    ['# none\nhosts: [1, 2]', 2, '"hosts" needs one value', 'one setting a line'],
    ['retries:', 1, '"retries" needs one value', ''],
    ['hosts: 1\nhosts: 2', 2, 'this is not YAML', ''],
    ['hosts: "1', 2, 'this is not YAML', ''],
    ['- hosts', 1, 'a list of settings was expected', ''],
    ['hosts: 1\npassword: hunter2', 2, 'a secret does not belong', 'threadkeep login'],
    ['cookies: wordpress_logged_in_1=hunter2', 1, 'a secret does not belong', ''],
    ['contact: https://me:hunter2@a.example/', 1, 'a secret does not belong', ''],
    ['db: other.db', 1, 'cannot name another archive', 'THREADKEEP_DB'],
    ['log-json: ../log.jsonl', 1, 'outside the folder of the archive', ''],
    ['log-json: /etc/log.jsonl', 1, 'outside the folder of the archive', ''],
  ])('%j: exit 2, with file and line', async (text, line, message, advice) => {
    beside(`${text}\n`)
    const user = /^(?:hosts: 1\n)?(?:locale|timezone)/.test(text) ? ['export'] : ['archive', 'https://a.example/']
    for (const words of [user, ['config']]) {
      const { code, out, err } = await command(words)
      expect([code, out]).toEqual([2, ''])
      expect(err).toContain(`${join(cwd, 'threadkeep.yaml')}, line ${line}`)
      expect([err, err.includes('hunter2')]).toEqual([expect.stringContaining(message), false])
      expect(err).toContain(advice)
    }
  })

  it('can not be read, or is a folder', async () => {
    mkdirSync(join(cwd, 'threadkeep.yaml'))
    const folder = await command(['list'])
    expect([folder.code, folder.err]).toEqual([2, expect.stringContaining("threadkeep.yaml can't be read (EISDIR")])
    inOwnFolder('hosts: 1\n')
    chmodSync(join(own, 'threadkeep.yaml'), 0)
    const closed = await command(['list'])
    // For root, every file is readable: then the folder beside it is what can't be read.
    expect([closed.code, closed.err]).toEqual([2, expect.stringContaining("threadkeep.yaml can't be read (E")])
  })

  it('leaves help and version as they are', async () => {
    beside('nonsense: 1\n')
    expect([(await command(['--version'])).code, (await command(['sync', '--help'])).code]).toEqual([0, 0])
  })
})

it.each(['status', 'login https://a.example/ --user x', 'logout --all', 'config'])(
  'THREADKEEP_CONFIG as the name of a file is a sentence, not a stack: %s',
  async line => {
    const file = join(cwd, 'settings')
    writeFileSync(file, 'x')
    const { code, err } = await command(line.split(' '), { THREADKEEP_CONFIG: file })
    expect([code, err.includes('\n    at ')]).toEqual([2, false])
    expect(err).toContain(`THREADKEEP_CONFIG names a file: ${file}. It has to name a folder.`)
  },
)

describe('the pause of a sync', () => {
  const pauseOf = async (line: string[], env: Io['env'] = {}) => {
    let seen: unknown
    const syncTargets: Doubles['syncTargets'] = async ({ ownPace }, { sleepSeconds }) => {
      seen = { ownPace, sleepSeconds }
      throw new AccessError('Enough.')
    }
    await command(['sync', 'https://a.example/', ...line], env, { ...holding(readerOf([])), syncTargets })
    return seen
  }

  it('of a file is a lower bound, of a flag or a variable it is the pause', async () => {
    inOwnFolder('sleep-requests: 3\n')
    expect(await pauseOf([])).toEqual({ ownPace: false, sleepSeconds: [3, 3] })
    expect(await pauseOf(['--sleep-requests', '0.5'])).toEqual({ ownPace: true, sleepSeconds: [0.5, 0.5] })
    expect(await pauseOf([], { THREADKEEP_SLEEP_REQUESTS: '2' })).toEqual({ ownPace: true, sleepSeconds: [2, 2] })
  })
})
