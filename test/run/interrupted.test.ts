import { describe, expect, it } from 'vitest'
import { openArchive } from '../../src/archive/index.js'
import { archiveTargets } from '../../src/run/run.js'
import { DEMO, type SeenRequest } from '../community/index.js'
import { town } from '../community/town.js'
import { contentOf, DEAD, type Desk, desk, OPTIONS, outcome, SILENT } from './outside.js'

const PACKS = ['legacy', 'nouveau'] as const

const questionOf = ({ method, path, query, form, referer }: SeenRequest) =>
  `${method} ${path}?${query} ${new URLSearchParams(form)} ${referer}`

/** What was asked more often than once, but for what each run must read again: robots.txt and the page with the nonce. */
function askedTwice(requests: readonly SeenRequest[]): string[] {
  const counts = new Map<string, number>()
  for (const one of requests) counts.set(questionOf(one), (counts.get(questionOf(one)) ?? 0) + 1)
  return [...counts]
    .filter(([question, count]) => count > 1 && !/robots\.txt/.test(question))
    .map(([question]) => question)
}

describe.each(PACKS)('a run that is interrupted after N requests, and continued (%s)', pack => {
  it('ends as one that was not, whatever N', async () => {
    const { server } = await town({ pack })
    const calm = desk()
    await calm.run(server.url)
    const wanted = contentOf(calm, server.url)
    const total = server.requests.length
    expect(total).toBeGreaterThan(8)
    for (let stopAfter = 1; stopAfter < total; stopAfter++) {
      server.requests.length = 0
      const one = desk()
      const stop = new AbortController()
      let count = 0
      const request = () => {
        if (++count === stopAfter) stop.abort()
      }
      const first = await one.run(server.url, { signal: stop.signal, reporter: { request } })
      expect(first.exitCode).toBe(130)
      expect(first.targets.map(target => target.state)).toEqual(['interrupted'])
      expect(first.targets.flatMap(target => target.problems)).toEqual([])
      expect(outcome(await one.run(server.url)), `after ${stopAfter}`).toMatchObject({ code: 0, state: 'done' })
      expect(contentOf(one, server.url), `after ${stopAfter}`).toEqual(wanted)
      const again = askedTwice(server.requests).filter(question => !/acpage|page=|activity\/p/.test(question))
      expect(again.length, `after ${stopAfter}: ${again}`).toBeLessThanOrEqual(1)
    }
  })

  it('asks for at most one page of posts again', async () => {
    const { server } = await town({ pack })
    const group = `${server.url}groups/fox-hollow-gardeners/`
    await desk().run(group)
    const total = server.requests.length
    for (let stopAfter = 1; stopAfter < total; stopAfter++) {
      server.requests.length = 0
      const one = desk()
      const stop = new AbortController()
      const reporter = { request: () => void (server.requests.length === stopAfter && stop.abort()) }
      await one.run(group, { signal: stop.signal, reporter })
      const goesOn: boolean[] = []
      await one.run(group, { reporter: { target: (_url, resumed) => void goesOn.push(resumed) } })
      // Stopped at its last request, it had read everything: the next run starts anew.
      if (!goesOn[0]) return
      // The look back at the first page is a question of its own: posts may have arrived since.
      expect(askedTwice(server.requests).length, `after ${stopAfter}`).toBeLessThanOrEqual(pack === 'nouveau' ? 2 : 1)
    }
  })
})

describe.each(PACKS)('a run that is killed (%s)', pack => {
  it.each(['kept', 'saved'] as const)('once an answer is %s leaves an archive that goes on', async when => {
    const { server } = await town({ pack })
    const calm = desk()
    await calm.run(server.url)
    const total = server.requests.length
    for (let at = 1; at < total; at += 2) {
      const one = desk()
      await killedAt(one, server.url, when, at)
      expect(outcome(await one.run(server.url)), `at ${at}`).toMatchObject({ code: 0, state: 'done' })
      expect(contentOf(one, server.url), `at ${at}`).toEqual(contentOf(calm, server.url))
    }
  })
})

/** As a kill leaves it: the transaction that was done is done, nothing is released, no report is written. */
async function killedAt({ file, clock }: Desk, url: string, when: 'kept' | 'saved', count: number): Promise<void> {
  const env = { now: () => DEMO.posts.length, pid: DEAD, host: 'here', command: 'archive', isAlive: () => false }
  const archive = openArchive(file, 'write', env)
  const { keep } = archive
  const transaction = archive.transaction.bind(archive)
  let answers = 0
  archive.keep = (...args) => {
    if (++answers > count) throw new Error('killed')
    return keep.apply(archive, args)
  }
  archive.transaction = work => {
    if (when === 'kept' && answers === count) throw new Error('killed')
    return transaction(work)
  }
  archive.finishRun = () => {}
  const deps = {
    archive,
    reporter: SILENT,
    clock,
    signal: new AbortController().signal,
    command: 'archive',
    version: '0',
  }
  await archiveTargets([url], OPTIONS, deps).catch(error => expect(String(error)).toContain('killed'))
}

describe('a clock that was set back between two runs', () => {
  it('changes nothing in what is held', async () => {
    const { server } = await town()
    const late = desk()
    const stop = new AbortController()
    const request = () => void (server.requests.length === 11 && stop.abort())
    late.clock.advance(86_400_000)
    await late.run(server.url, { signal: stop.signal, reporter: { request } })
    const early = desk(late.file)
    expect(outcome(await early.run(server.url))).toMatchObject({ code: 0, state: 'done' })
    expect(early.groups().map(group => group.completeness.state)).toEqual([
      'complete',
      'complete',
      'unknown',
      'complete',
    ])
  })
})
