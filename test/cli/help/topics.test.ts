import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../../src/archive/schema/migrations.js'
import { DATES, LENGTHS } from '../../../src/cli/help/dates.js'
import { TOPICS } from '../../../src/cli/help/index.js'
import { QUERY } from '../../../src/cli/help/query.js'
import { LINES } from '../../../src/cli/help/schedule.js'
import { TARGETS } from '../../../src/cli/help/targets.js'
import { durationSeconds } from '../../../src/cli/options/flag-values.js'
import { SETTINGS, settingVariable } from '../../../src/cli/options/settings.js'
import { EXPORTERS } from '../../../src/export/index.js'
import { parseDate } from '../../../src/model/dates.js'
import { EXIT } from '../../../src/model/errors.js'
import { FILTER_LIST } from '../../../src/model/query/filters.js'
import { parseQuery } from '../../../src/model/query/parse-query.js'
import { targetOf } from '../../../src/run/run.js'
import { parsed } from '../command-line.js'
import { running, testIo, testOut } from '../test-io.js'

const SRC = resolve(import.meta.dirname, '../../../src')
const NOW = Date.UTC(2024, 4, 20, 10, 30)

const topic = async (name: string, width = 80) => {
  const io = testIo()
  io.stdout = testOut({ width })
  const { code, out, err } = await running(['help', name], io)
  expect([code, err]).toEqual([0, ''])
  return out
}
/** A line for a shell or a crontab can't be broken. */
const isExample = (line: string) => /^ {2}(\$|\d+ \d+ \*)/.test(line) && line.length <= 80
const terms = (text: string) => [...text.matchAll(/^ {2}(\S+)/gm)].map(([, term]) => term)

describe('the topics of the help', () => {
  it('are listed, each with what it is about', async () => {
    const list = await topic('topics')
    for (const { name, summary } of TOPICS) expect(list).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'))
  })

  it.each(TOPICS)('$name is in the width of the window, and is what "help $name" shows', async ({ name, load }) => {
    for (const width of [80, 48]) {
      const text = await (await load()).text(width)
      expect(await topic(name, width)).toContain(text)
      for (const line of text.split('\n'))
        if (/\S\s+\S/.test(line.trim()) && !isExample(line)) expect(line.length, line).toBeLessThanOrEqual(width)
    }
  })

  it('exit-codes has every code', async () => {
    expect(terms(await topic('exit-codes'))).toEqual(Object.values(EXIT).map(String))
  })

  it('formats has every format, with its options', async () => {
    const text = (await topic('formats')).replace(/\s+/g, ' ')
    for (const { name, summary, options = {} } of EXPORTERS) {
      expect(text).toContain(` ${name} ${summary} `)
      for (const option of Object.values(options)) expect(text).toContain(option.summary)
    }
  })

  it('dates has forms that are understood', () => {
    for (const [date] of DATES) expect(parseDate(date, NOW)).toMatch(/^2024-0[45]/)
    for (const [length] of LENGTHS) expect(durationSeconds(length)).toBeGreaterThan(0)
  })

  it('targets has addresses that are understood, and each leads elsewhere', () => {
    expect(new Set(TARGETS.map(([url]) => targetOf(url))).size).toBe(TARGETS.length)
  })

  it('schedule has lines that are understood', async () => {
    for (const line of Object.values(LINES)) await parsed(line.replace('threadkeep ', ''))
  })

  it('query has terms that are understood, and every filter', () => {
    for (const [query] of QUERY) parseQuery(query, NOW)
    for (const [, filter] of FILTER_LIST.matchAll(/(\w+):[\w|]/g))
      expect(
        QUERY.some(([term]) => term.startsWith(`${filter}:`)),
        filter,
      ).toBe(true)
  })

  it('environment has every variable that the code reads', async () => {
    const text = await topic('environment')
    const named = (name: string) => expect(text, name).toMatch(new RegExp(`\\b${name}\\b`))
    for (const setting of SETTINGS) named(settingVariable(setting))
    const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
    const found = files.flatMap(file => [
      ...readFileSync(join(SRC, file), 'utf8').matchAll(/\benv\['(\w+)'\]|variable\(env, '(\w+)'\)/g),
    ])
    const names = new Set(found.map(([, one, other]) => one ?? other ?? ''))
    expect(names.size).toBeGreaterThan(8)
    for (const name of names) if (!OF_THE_SYSTEM.has(name)) named(name)
  })

  it('files has the names that the code gives', async () => {
    const text = (await topic('files')).replaceAll('\\', '/')
    const { copyName } = await import('../../../src/archive/database/migration-copy.js')
    expect(text).toContain(copyName('threadkeep.db', 'N'))
    expect(copyName('a.db', MIGRATIONS.length)).toBe(`a.db.before-schema-${MIGRATIONS.length}`)
    const names = [
      '~/.config/threadkeep/',
      '%APPDATA%/threadkeep/',
      ' threadkeep.media/',
      ' sessions/',
      '.threadkeep.json',
    ]
    for (const name of names) expect(text).toContain(name)
  })
})

/** Known to everybody: where programs and the working folder are. */
const OF_THE_SYSTEM = new Set(['PATH', 'Path', 'PWD'])
