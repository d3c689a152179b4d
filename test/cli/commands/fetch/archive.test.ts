import { describe, expect, test } from 'vitest'
import { NO_CREDENTIALS } from '../../../../src/model/credentials.js'
import { EXIT } from '../../../../src/model/errors.js'
import type { RunReport } from '../../../../src/model/reports/run.js'
import type { Doubles } from '../../doubles.js'
import { readerOf } from '../../fake-reader.js'
import { fakeScreen, holding, running, testIo, testOut } from '../../test-io.js'

/** What the flags mean where none is given. */
const ASKED = {
  ...{
    sleepSeconds: [1, 1],
    retries: 4,
    timeoutSeconds: 60,
    via: 'auto',
    ignoreRobots: false,
    credentials: NO_CREDENTIALS,
  },
  ...{
    contact: null,
    proxy: null,
    userAgent: null,
    maxRequests: null,
    media: null,
    timeLimitSeconds: null,
    hosts: 1,
    failHard: false,
  },
}
const GROUP = { slug: 'gardeners', name: 'Gardeners', url: 'https://a.example/groups/gardeners/' }
const REPORT: RunReport = {
  schema: 'threadkeep.run/1',
  run: 1,
  seriesStartedAt: '2024-05-20T10:30:00Z',
  startedAt: '2024-05-20T10:30:00Z',
  finishedAt: '2024-05-20T10:31:00Z',
  exitCode: EXIT.partial,
  reason: 'gap',
  stopped: null,
  visit: { meanSecondsBetweenRequests: 1.25, longestWaitSeconds: 0 },
  ...{ gonePosts: 0, backPosts: 0, improvedPosts: 0 },
  ...{ contradictions: { count: 0, first: [] }, reusedIds: { count: 0, first: [] } },
  ...{ requests: 12, bytes: 1_234_567, newPosts: 43, changedPosts: 1, posts: 43 },
  targets: [
    {
      target: 'https://a.example/',
      state: 'partial',
      stopped: null,
      route: 'ajax',
      because: null,
      notes: [],
      selfTest: null,
      posts: 43,
      groups: [
        {
          ...GROUP,
          access: 'open',
          threads: 5,
          posts: 43,
          gonePosts: 0,
          completeness: { state: 'short', held: 41, claimed: 43 },
        },
        {
          ...GROUP,
          name: 'Bees\x1b[2J',
          access: 'members',
          threads: 0,
          posts: 0,
          gonePosts: 0,
          completeness: { state: 'unknown', held: 0, claimed: null },
        },
      ],
      threads: [
        { id: '7', url: 'https://a.example/activity/p/7/', completeness: { state: 'complete', held: 3, claimed: 3 } },
      ],
      problems: [
        {
          url: 'https://a.example/x',
          message: 'https://a.example/x answered HTTP 503.',
          advice: 'Try later.',
          exitCode: EXIT.partial,
        },
      ],
    },
  ],
}

type Run = NonNullable<Doubles['archiveTargets']>
const archiving = (line: string, run: Run = async () => REPORT, changes = {}) => {
  const io = testIo(changes, { ...holding(readerOf([])), archiveTargets: run })
  return { io, result: running(['archive', ...line.split(' ')], io) }
}

describe('archive', () => {
  test('prints the result to stdout, notes to stderr, and takes its exit code from the report', async () => {
    const { code, out, err } = await archiving('https://a.example/').result
    expect(code).toBe(EXIT.partial)
    expect(out).toMatchInlineSnapshot(`
      "https://a.example/  partly done (route: ajax)
        Gardeners  5 threads, 43 posts  short 41/43
        Bees␛[2J  members only: this reader can't see its posts
        https://a.example/activity/p/7/  complete 3/3
      "
    `)
    expect(err).toMatchInlineSnapshot(`
      "Problem: https://a.example/x answered HTTP 503.
        Try later.
      12 requests, 1.2 MB, one every 1.3 s; 43 new posts, 1 changed post.
      Archive: /nowhere/threadkeep.db
      "
    `)
  })

  test('--json prints the report and nothing else on stdout', async () => {
    const { out } = await archiving('https://a.example/ --json').result
    expect(JSON.parse(out)).toEqual(REPORT)
    expect(out).not.toContain('\x1b')
  })

  test('--quiet leaves problems only', async () => {
    const { out, err } = await archiving('-q https://a.example/').result
    expect([out, err]).toEqual(['', 'Problem: https://a.example/x answered HTTP 503.\n  Try later.\n'])
  })

  test('sentences are broken between words at a terminal, and stay whole lines elsewhere', async () => {
    const words = 'somewhat longer words that a terminal would break wherever its window ends, as here'
    const targets = REPORT.targets.map(target => ({
      ...target,
      notes: [{ url: 'https://a.example/', message: words }],
    }))
    const noted = async () => ({ ...REPORT, targets })
    expect((await archiving('https://a.example/', noted).result).err).toContain(`Note: ${words}\n`)
    const { io } = archiving('https://a.example/', noted)
    io.stderr = testOut({ isTTY: true })
    const { err } = await running(['archive', 'https://a.example/', '--no-color'], io)
    expect(err).toContain(
      'Note: somewhat longer words that a terminal would break wherever its window\nends, as here\n',
    )
  })

  test('--quiet leaves out notes, and says that a run was ended early', async () => {
    const notes = [{ url: 'https://a.example/', message: 'Something of interest.' }]
    const targets = REPORT.targets.map(target => ({ ...target, notes, problems: [] }))
    const noted = async () => ({ ...REPORT, stopped: 'time-limit' as const, targets })
    expect((await archiving('https://a.example/', noted).result).err).toContain('Note: Something of interest.\n')
    expect((await archiving('-q https://a.example/', noted).result).err).toMatch(
      /^Stopped after the time of --time-limit.*\n$/,
    )
  })

  test('turns flags into options, and adds the targets of a batch file', async () => {
    let seen: unknown[] = []
    const run: Run = async (targets, options, { clock, command, version }) => {
      seen = [targets, options, clock.now(), command, version]
      return REPORT
    }
    const line = 'https://a.example/ --sleep-requests .5 --retries 2 --timeout 9 --via page --ignore-robots -a -'
    await archiving(line, run, { readStdin: async () => 'https://b.example/\nhttps://a.example/' }).result
    const options = {
      ...ASKED,
      sleepSeconds: [0.5, 0.5],
      retries: 2,
      timeoutSeconds: 9,
      via: 'page',
      ignoreRobots: true,
    }
    expect(seen).toEqual([
      ['https://a.example/', 'https://b.example/'],
      options,
      1716201000000,
      `archive ${line}`,
      '0.1.0',
    ])
  })

  test('defaults are polite', async () => {
    const run: Run = async (_targets, options) => {
      const how = ASKED
      expect(options).toEqual(how)
      return REPORT
    }
    expect((await archiving('https://a.example/', run).result).code).toBe(EXIT.partial)
  })

  test('a password in a URL never reaches the archive', async () => {
    let kept = ''
    const run: Run = async (_targets, _options, { command }) => {
      kept += command
      return REPORT
    }
    const { openArchive } = holding(readerOf([]))
    const io = testIo(
      {},
      {
        archiveTargets: run,
        openArchive: (file, mode, env) => {
          kept += `${env.command} | `
          return openArchive(file, mode, env)
        },
      },
    )
    await running(['archive', 'https://a.example/', '--contact', 'https://anna:secret@a.example/me'], io)
    const command = 'archive https://a.example/ --contact https://a.example/me'
    expect(kept).toBe(`${command} | ${command}`)
  })

  test('no target is wrong usage', async () => {
    expect((await archiving('-a -').result).code).toBe(EXIT.usage)
  })

  test('Ctrl-C asks the run to stop, and says how it goes on', async () => {
    const run: Run = async (_targets, _options, { signal }) => {
      await new Promise(resolve => signal.addEventListener('abort', resolve))
      return { ...REPORT, exitCode: EXIT.interrupted }
    }
    const { io, result } = archiving('https://a.example/', run)
    setTimeout(() => io.interrupt(), 50)
    const { code, err } = await result
    expect(code).toBe(EXIT.interrupted)
    expect(err).toContain('Warning: Stopping after the current page.')
    expect(err).toContain('To continue, run the same command again.')
  })

  test('--verbose tells each answer, cleaned; without it only warnings show', async () => {
    const run: Run = async (_targets, _options, { reporter }) => {
      reporter.target('https://a.example/\x1b[2J', true)
      reporter.request('https://a.example/')
      reporter.saved(REPORT, 'page 1', null)
      reporter.waiting(2500, 'HTTP 503')
      reporter.warning('odd\u202e markup')
      return { ...REPORT, targets: [] }
    }
    const last =
      '12 requests, 1.2 MB, one every 1.3 s; 43 new posts, 1 changed post.\nArchive: /nowhere/threadkeep.db\n'
    expect((await archiving('https://a.example/', run).result).err).toBe(`Warning: odd markup\n${last}`)
    expect((await archiving('-v https://a.example/', run).result).err).toBe(
      'Resuming https://a.example/␛[2J\n  page 1 (43 posts, 12 requests, 1.2 MB)\n' +
        `  waiting 3 seconds: HTTP 503\nWarning: odd markup\n${last}`,
    )
  })

  test('progress is a spinner on the terminal with what is read, by name; it makes way for warnings, and is gone at the end', async () => {
    const run: Run = async (_targets, _options, { reporter }) => {
      reporter.target('https://a.example/\x1b[2J', false)
      reporter.request('https://a.example/1')
      reporter.saved(REPORT, `a page with ${'long '.repeat(20)}title`, null)
      reporter.waiting(2500, 'HTTP 503')
      reporter.warning('odd markup')
      reporter.request('https://a.example/2')
      return { ...REPORT, targets: [] }
    }
    const drawn = async (...words: string[]) => {
      const io = testIo({ env: { NO_COLOR: '1' } }, { ...holding(readerOf([])), archiveTargets: run })
      const { screen, drawn } = fakeScreen()
      io.stderr = testOut({ isTTY: true, screen })
      const { err } = await running(['archive', 'https://a.example/', ...words], io)
      return { err, screen: drawn() }
    }
    const { err, screen } = await drawn()
    for (const text of ['Archiving https://a.example/␛[2J', '43 posts, 12 requests', 'Waiting 3 seconds: HTTP 503'])
      expect(screen).toContain(text)
    expect(screen).not.toContain('\x1b[2J')
    expect(err).toBe(
      'Warning: odd markup\n12 requests, 1.2 MB, one every 1.3 s; 43 new posts, 1 changed post.\nArchive: /nowhere/threadkeep.db\n',
    )
    for (const flag of ['--quiet', '--json', '--verbose']) expect((await drawn(flag)).screen).toBe('')
  })
})
