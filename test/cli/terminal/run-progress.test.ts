import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { runProgress } from '../../../src/cli/terminal/run-progress.js'
import { fakeScreen, testIo, testOut } from '../test-io.js'

const COUNTS = { requests: 9, bytes: 1_200_000, newPosts: 0, changedPosts: 0, posts: 812 }

/** Progress of a run whose clock the test moves on, in seconds. */
async function progress(flags: object, screen: NodeJS.WriteStream | null = null) {
  let seconds = 0
  const io = testIo({ now: () => seconds * 1000, env: { NO_COLOR: '1' } })
  io.stderr = testOut({ isTTY: screen !== null, screen })
  const reporter = await runProgress(io, flags)
  const at = (time: number, done: number, what = 'Gardeners') => {
    seconds = time
    reporter.saved(COUNTS, what, { done, total: 1204 })
  }
  return { reporter, at, io }
}

describe('--newline', () => {
  it('prints a line at most every ten seconds, with group, share, time left and counts', async () => {
    const { reporter, at, io } = await progress({ newline: true })
    reporter.target('https://a.example/', false)
    at(5, 100)
    at(20, 200)
    at(21, 300)
    at(65, 700)
    expect(io.stderr.text.split('\n')).toEqual([
      'Archiving https://a.example/',
      'Gardeners 200/1,204 threads, about 2 min left · 812 posts',
      'Gardeners 700/1,204 threads, about 50 s left · 812 posts',
      '',
    ])
  })

  it('is silent with --quiet, and without it only a terminal sees progress', async () => {
    for (const flags of [{ newline: true, quiet: true }, {}]) {
      const { reporter, at, io } = await progress(flags)
      at(1, 100)
      reporter.warning('odd markup')
      expect(io.stderr.text).toBe('Warning: odd markup\n')
    }
  })
})

describe('the progress line', () => {
  it('has no estimate for the first page of a group, for its end, and where nothing is counted', async () => {
    const { screen, drawn } = fakeScreen()
    const { reporter, at } = await progress({}, screen)
    at(1, 100)
    at(2, 1204)
    at(3, 100, 'Bees')
    reporter.saved(COUNTS, 'Wasps', null)
    reporter.stop()
    expect(drawn()).not.toContain('left')
    expect(drawn()).toContain('Wasps · 812 posts, 9 requests, 1.2 MB')
  })

  it('fits into 80 columns, however long the name is', async () => {
    const { screen, drawn } = fakeScreen()
    const { reporter, at } = await progress({}, screen)
    at(1, 100, 'A group with a very long name indeed')
    at(40, 300, 'A group with a very long name indeed')
    reporter.stop()
    const lines = drawn().split(/[⠋⠙⠹⠸]/)
    const line = stripVTControlCharacters(lines.at(-1) ?? '').trim()
    expect(line).toBe('A group with a very long na… 300/1,204 threads, about 2 min left · 812 posts')
    expect(line.length).toBeLessThan(79)
  })
})
