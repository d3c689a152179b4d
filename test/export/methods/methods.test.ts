import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import { methodsOf } from '../../../src/export/methods/index.js'
import type { MethodsReport } from '../../../src/model/reports/methods.js'
import { newMerge } from '../../archive/merge/merging.js'
import { ENV, group, member, page, post, shelf } from '../../archive/shelf.js'
import type { ServeOptions } from '../../community/index.js'
import { town } from '../../community/town.js'
import { desk, newFile } from '../../run/outside.js'

function methods(file: string): MethodsReport {
  const archive = openArchive(file, 'read', ENV)
  try {
    return methodsOf(archive.reader)
  } finally {
    archive.close()
  }
}

const figure = (report: MethodsReport, name: string) => report.figures.find(one => one.name === name)
const kinds = ({ caveats }: MethodsReport) => caveats.map(({ kind }) => kind)
const about = (report: MethodsReport, what: string) =>
  report.sentences.flatMap(({ about: one, text }) => (one === what ? [text] : [])).join(' ')

const change = (file: string, sql: string) => {
  const db = new Sqlite(file)
  db.exec(sql)
  db.close()
}

const withRobots = (text: string): ServeOptions => ({
  pack: 'legacy',
  intercept: ({ path }, response) => {
    if (path.endsWith('robots.txt')) response.end(text)
    return path.endsWith('robots.txt')
  },
})

describe('of runs over a site', () => {
  it('says what the site was asked, and every sum over the runs is the figure of the archive', async () => {
    const { server } = await town(withRobots('User-agent: *\nDisallow: /wp-login.php\nCrawl-delay: 2\n'))
    const one = desk()
    const reports = [await one.run(`${server.url}groups/mend-and-make/`, { via: 'page' }), await one.sync()]
    const report = methods(one.file)
    expect(figure(report, 'requests sent')).toEqual({
      name: 'requests sent',
      value: server.requests.length,
      runs: [1, 2],
    })
    expect(report.runs.map(({ requests }) => requests)).toEqual(reports.map(({ requests }) => requests))
    expect(about(report, 'robots')).toContain('robots.txt was obeyed in runs 1–2.')
    expect(about(report, 'robots')).toContain('robots.txt was there and asks for 2 s between requests.')
    expect(about(report, 'routes')).toContain('because the user asked for it (--via page)')
    const posts = report.posts.live + report.posts.gone
    const sum = (of: (run: MethodsReport['runs'][number]) => number) =>
      report.runs.reduce((all, run) => all + of(run), 0)
    expect([posts, sum(run => run.posts), figure(report, 'posts held')?.value]).toEqual([posts, posts, posts])
    expect(sum(run => run.versions)).toBe(report.posts.versions)
    const { exact, interval, bound, unknown } = report.posts.dates
    expect(exact + interval + bound + unknown).toBe(posts)
    const captures = one.sql<{ count: number }>('SELECT count(*) AS count FROM captures')[0]?.count
    expect(sum(run => run.captures.reduce((all, { count }) => all + count, 0))).toBe(captures)
    for (const { value, name, runs } of report.figures)
      if (typeof value === 'number' && value > 0) expect(runs, name).not.toEqual([])
    expect(methods(one.file)).toEqual(report)
  })

  it('names what robots.txt closed, and what was read against it', async () => {
    const { server } = await town(withRobots('User-agent: *\nDisallow: /\n'))
    const [obeyed, ignored] = [desk(), desk()]
    await obeyed.run(`${server.url}groups/mend-and-make/`)
    expect(about(methods(obeyed.file), 'robots')).toContain(
      `Not read, because robots.txt asks programs not to: ${server.url}groups/mend-and-make/`,
    )
    await ignored.run(`${server.url}groups/mend-and-make/`, { ignoreRobots: true, maxRequests: 3 })
    const report = methods(ignored.file)
    expect(kinds(report)).toEqual(expect.arrayContaining(['stopped', 'robots-ignored', 'gaps']))
    expect(about(report, 'robots')).toContain('robots.txt was ignored, as you wished, for ')
  })
})

describe('begins with what restricts the data:', () => {
  const filled = () => {
    const one = shelf()
    one.save(page([post('1', null), post('2', '1', { truncated: true })], { groups: [] }))
    one.close()
    return one.file
  }

  it('a run that was killed', () => {
    const report = methods(filled())
    expect(kinds(report)[0]).toBe('killed')
    expect(report.runs).toMatchObject([{ requests: null, bytes: null, finishedAt: null, posts: 2 }])
    expect(about(report, 'requests')).toContain('(without run 1, of which it is not recorded)')
    expect(about(report, 'robots')).toBe('robots.txt was not recorded for run 1.')
    expect(about(report, 'missing')).toContain('the full text of 1 post')
  })

  it('no run at all', () => {
    const file = newFile()
    openArchive(file, 'write', ENV).close()
    const report = methods(file)
    expect(kinds(report)).toEqual(['no-runs', 'empty'])
    expect(about(report, 'software')).toBe('No run of threadkeep has read anything into this archive.')
  })

  it('an archive of imports alone', async () => {
    const one = desk()
    const path = join(dirname(one.file), 'thread.txt')
    writeFileSync(
      path,
      'Anna posted an update 2 years ago\n\nWho grows salsify?\n\n    Ben replied 1 year ago\n\n    Nobody here\n',
    )
    await one.imports([path])
    const report = methods(one.file)
    expect(kinds(report)).toEqual(['imports'])
    expect(report.caveats[0]?.text).toMatch(/^No site was asked: 1 stored page was imported from files \(run 1\)\./)
    expect(about(report, 'requests')).toBe('')
    expect(report.posts.dates).toMatchObject({ exact: 0 })
    expect(report.sites).toEqual([])
  })

  it('a merged archive, and several communities', () => {
    const other = shelf()
    const far = { site: { url: 'https://far.example/', name: 'Far' }, url: 'https://far.example/' }
    const bees = group('bees', { url: 'https://far.example/groups/bees/' })
    other.save(
      page([post('7', null, { group: bees, author: member('eve', { url: 'https://far.example/members/eve/' }) })], far),
    )
    other.close()
    change(other.file, "UPDATE runs SET started_at = '2026-01-02T00:00:00.000Z'")
    const file = newMerge(filled(), other.file)
    const report = methods(file)
    expect(kinds(report)).toEqual(expect.arrayContaining(['merged', 'sites']))
    // The new file has no readings of its own.
    expect(report.caveats.find(({ kind }) => kind === 'merged')?.text).toMatch(/ from 2 archives: “[^”]+” and “[^”]+”,/)
    expect(report.sites).toEqual(['https://far.example/', 'https://town.example/'])
    expect(report.runs.map(({ archive, posts }) => [archive !== null, posts])).toEqual(
      expect.arrayContaining([
        [true, 2],
        [true, 1],
      ]),
    )
  })

  it('members who were erased', () => {
    const file = filled()
    const archive = openArchive(file, 'write', ENV)
    const [ada] = archive.forgetting.people.named('ada', null)
    if (ada) archive.forgetting.forget(ada, { at: '2026-02-01T00:00:00.000Z', version: '0', redact: false })
    archive.close()
    const report = methods(file)
    expect(kinds(report)).toContain('erased')
    expect(figure(report, 'posts whose author was erased')).toMatchObject({ value: 2, runs: [2] })
  })

  it('a damaged run log is no report', () => {
    const file = filled()
    change(file, `UPDATE runs SET report = '{"targets": 7}'`)
    expect(() => methods(file)).toThrow('The archive is damaged: a value of runs.report')
  })
})
