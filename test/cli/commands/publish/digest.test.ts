import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EXIT } from '../../../../src/model/errors.js'
import { readings } from '../../../archive/readings.js'
import { newFile } from '../../../run/outside.js'
import { newsArchive } from '../../news-archive.js'
import { running, testIo, testOut } from '../../test-io.js'

const digest = (file: string, line: string[] = [], out = testOut()) => {
  const io = testIo({ cwd: dirname(file) })
  io.stdout = out
  return running(['digest', '--db', file, ...line], io)
}

describe('digest --pseudonyms', () => {
  test('names nobody, and leaves out new names of members', async () => {
    const file = newsArchive()
    const key = join(dirname(file), 'key.json')
    const { code, out, err } = await digest(file, ['--pseudonyms', key])
    expect([code, err]).toEqual([
      0,
      `The key was made: ${key}. Keep it apart from the export: who has both can tell who is who.\n`,
    ])
    expect(out).not.toMatch(/\bada\b/i)
    expect(out).toContain('1 post that is gone and 1 new name.')
    expect(out).toContain('This group was called “Gardeners” before.')
    expect(out).toContain('* **Member 001** · in reply to Member 001 · [3 May 2024, 12:00]')
    expect(out).toContain('> **Now:** Edited now')
    expect(out).toContain('· by Member 001 · 2 replies in all')
    expect(out).not.toContain('## People')
    expect((await digest(file, ['--pseudonyms', key, '--since', '2024-05-01'])).out).toContain('Member 001')
  })

  test('refuses a key within its output, and a list of names without a key', async () => {
    const file = newsArchive()
    const news = join(dirname(file), 'news.md')
    expect((await digest(file, ['--pseudonyms', news, '-o', news])).code).toBe(2)
    expect((await digest(file, ['--names', 'names.txt'])).code).toBe(2)
    expect(existsSync(news)).toBe(false)
  })
})

describe('digest', () => {
  test('tells dates by the locale of the flag, else of the settings', async () => {
    const file = newsArchive()
    const { out } = await digest(file, ['--locale', 'de'])
    expect(out).toContain('# What is new in Town: 1. Mai 2024 to 8. Mai 2024\n\nFrom 1. Mai 2024, 10:00 to')
    expect(out).toContain('[3. Mai 2024, 12:00]')
    expect(out).not.toMatch(/\d May/)
    expect((await digest(file, ['--locale', 'de_DE'])).code).toBe(2)
  })

  test('tells what the newest run has brought', async () => {
    const { code, out, err } = await digest(newsArchive())
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatchInlineSnapshot(`
      "# What is new in Town: 1 to 8 May 2024

      From 1 May 2024, 10:00 to 8 May 2024, 10:01: 1 new thread, 1 new reply, 1 edited post, 1 post that is gone and 2 new names. Times are UTC.

      ## [Growers](https://town.example/groups/gardeners/)

      This group was called “Gardeners” before.

      ### New replies

      **[Post 1](https://town.example/activity/p/1/)** · by Ada L. · 2 replies in all

      * **Ada L.** · in reply to Ada L. · [3 May 2024, 12:00](https://town.example/activity/p/2/#acomment-4)

        > A reply \\[31mred

      ### Edited

      * **Ada L.** · in [Post 1](https://town.example/activity/p/1/) · [20 April 2024, 12:00](https://town.example/activity/p/1/#acomment-2)

        > **Before:** Post 2
        >
        > **Now:** Edited now

      ### No longer on the site

      * Reply 3 of 20 April 2024, 12:00, in [Post 1](https://town.example/activity/p/1/) · its thread is shown without it

      The archive keeps the texts: \`threadkeep show NUMBER\`.

      ## [Bees \\[2J\\*x\\*](https://town.example/groups/bees/)

      ### New threads

      **[漢字 🐝 buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz…](https://town.example/activity/p/11/)**

      **Ada L.** · 4 May 2024, 12:00 · no replies yet

      > … buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz buzz…

      ## People

      * **ada** is now called **Ada L.**
      "
    `)
  })

  test.each(['news.docx', 'news.PDF', 'a/news.html', 'news.xml'])('refuses to write markdown as %s', async name => {
    const file = newsArchive()
    const { code, err } = await digest(file, ['-o', name])
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('this command writes a digest in markdown')])
    expect(existsSync(join(dirname(file), name))).toBe(false)
  })

  test('the same archive gives the same bytes, whatever the time', async () => {
    const file = newsArchive()
    const io = testIo({ now: () => Date.UTC(2031, 0, 1) })
    expect((await running(['digest', '--db', file], io)).out).toBe((await digest(file)).out)
  })

  test('of one group only', async () => {
    const { out } = await digest(newsArchive(), ['bees'])
    expect(out).toMatch(/^# What is new in Bees \\\[2J\\\*x\\\*: 1 to 8 May 2024\n/)
    expect(out).not.toContain('Growers')
  })

  test('nothing new is one line and no failure', async () => {
    const file = newsArchive()
    expect(await digest(file, ['--since', '2024-05-10'])).toEqual({
      code: 0,
      out: 'Nothing new in Town since 10 May 2024, 00:00 UTC.\n',
      err: '',
    })
  })

  test('has the dates that were asked for', async () => {
    const { out } = await digest(newsArchive(), ['--since', '2024-05-02', '--until', '2024-05-30'])
    expect(out).toMatch(/^# What is new in Town: 2 to 30 May 2024\n/)
  })

  test('-o writes a whole file', async () => {
    const file = newsArchive()
    const { code, out, err } = await digest(file, ['-o', 'news/may.md'])
    expect([code, out, err]).toEqual([0, '', `Written to ${join(dirname(file), 'news/may.md')}\n`])
    expect((await digest(file, ['-q', '-o', 'news/may.md'])).err).toBe('')
    expect(readFileSync(join(dirname(file), 'news/may.md'), 'utf8')).toBe((await digest(file)).out)
    expect(readdirSync(join(dirname(file), 'news'))).toEqual(['may.md'])
    expect((await digest(file, ['-o', '-'])).out).toBe((await digest(file)).out)
  })

  test('-o leaves no half of a file where Ctrl-C comes first', async () => {
    const file = newsArchive()
    const io = testIo({ cwd: dirname(file) })
    io.stderr.drained = async () => io.interrupt()
    expect((await running(['digest', '--db', file, '-o', 'may.md'], io)).code).toBe(EXIT.interrupted)
    expect(existsSync(join(dirname(file), 'may.md'))).toBe(false)
  })

  test('a terminal gets nothing that it would obey', async () => {
    const { out } = await digest(newsArchive(), [], testOut({ isTTY: true }))
    for (const harmful of ['\u001b', '\u202e']) expect(out).not.toContain(harmful)
    expect(out).toContain('A reply')
  })

  test.each([
    [['gardners'], 'No group "gardners" is in this archive.'],
    [['--since', 'soon'], '"soon" is not a date'],
  ])('%j is wrong usage', async (line, message) => {
    const { code, err } = await digest(newsArchive(), line)
    expect(code).toBe(EXIT.usage)
    expect(err).toContain(message)
  })

  test('without an archive, and without a run in it', async () => {
    expect((await digest(newFile())).code).toBe(EXIT.archive)
    const { file, close } = readings()
    close()
    expect((await digest(file)).code).toBe(EXIT.usage)
    expect((await digest(file, ['--since', 'today'])).out).toBe(
      'Nothing new in this archive since 20 May 2024, 00:00 UTC.\n',
    )
  })
})
