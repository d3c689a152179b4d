import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { rows } from '../../../archive/shelf.js'
import { town } from '../../../community/town.js'
import { lively } from '../../../run/lively.js'
import { moving } from '../../../run/moving.js'
import { desk } from '../../../run/outside.js'
import { onFile } from '../../past.js'
import { running, testIo } from '../../test-io.js'

const schema = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../../docs/schema/${name}`, import.meta.url), 'utf8')) as object
const ajv = new Ajv2020({ allowUnionTypes: true, strictTypes: false }).addSchema(schema('post-1.json'), 'post-1.json')
const valid = ajv.compile(schema('targets-1.json'))

const NEW = 'https://new.example/'

async function held() {
  const { server } = await town({ pack: 'legacy' }, lively(25))
  const one = desk()
  await one.run([`${server.url}groups/gardeners/`, `${server.url}activity/p/5/`])
  const group = `${server.url}groups/gardeners/`
  return { file: one.file, url: server.url, group, thread: `${server.url}activity/p/5/` }
}

const urls = (file: string) =>
  (rows(file, 'SELECT url FROM targets ORDER BY id') as { url: string }[]).map(({ url }) => url)
const numberOf = (file: string, from: string) =>
  (rows(file, `SELECT count(*) AS number FROM ${from}`) as { number: number }[])[0]?.number

describe('targets', () => {
  it('lists what each target turned out to be, for people, scripts and programs', async () => {
    const { file, group, thread } = await held()
    const people = await onFile(file, ['targets'], { width: 100 })
    expect(people.code).toBe(0)
    expect(people.out).toContain(`${group}\n  group gardeners; 25 threads; read 20`)
    expect(people.out).toContain(`${thread}\n  thread Post 5`)
    const scripts = await onFile(file, ['targets'])
    expect(scripts.out.split('\n')[0]?.split('\t').slice(0, 3)).toEqual([group, 'group', 'gardeners'])
    const program = await onFile(file, ['targets', '--json'])
    const document = JSON.parse(program.out) as { targets: { url: string; kind: string }[] }
    expect(valid(document), ajv.errorsText(valid.errors)).toBe(true)
    expect(document.targets.map(({ url, kind }) => [url, kind])).toEqual([
      [group, 'group'],
      [thread, 'thread'],
    ])
  })

  it('remove takes a group off its site, says so, and lists the site without it', async () => {
    const { server } = await town({ pack: 'legacy' }, lively(5))
    const one = desk()
    await one.run(`${server.url}groups/`)
    const group = `${server.url}groups/gardeners/`
    const plan = await onFile(one.file, ['targets', 'remove', group, '--dry-run'])
    expect(plan.out).toContain(`${group} would not be read with ${server.url}groups/ any more.`)
    expect((await onFile(one.file, ['targets'], { width: 100 })).out).not.toContain('without')
    const { code, out } = await onFile(one.file, ['targets', 'remove', group])
    expect([code, out]).toEqual([
      0,
      `${group} is not read with ${server.url}groups/ any more. What was read of it stays in the archive. To read it again: threadkeep archive ${group}\n`,
    ])
    expect((await onFile(one.file, ['targets'], { width: 100 })).out).toContain('; without 1 group')
    const document = JSON.parse((await onFile(one.file, ['targets', 'remove', group, '--json'])).out)
    expect(valid(document), ajv.errorsText(valid.errors)).toBe(true)
    expect(document).toMatchObject({ removed: [group], targets: [{ url: `${server.url}groups/`, without: [group] }] })
    expect(numberOf(one.file, 'posts')).toBeGreaterThan(0)
    await onFile(one.file, ['targets', 'rename', server.url, NEW])
    expect(JSON.parse((await onFile(one.file, ['targets', '--json'])).out).targets[0].without).toEqual([
      `${NEW}groups/gardeners/`,
    ])
  })

  it('remove takes a target off the list, in any spelling, and keeps what was read', async () => {
    const { file, group, thread } = await held()
    const plan = await onFile(file, ['targets', 'remove', thread, '--dry-run'])
    expect([plan.code, urls(file).length]).toEqual([0, 2])
    const { code, out } = await onFile(file, ['targets', 'remove', group.replace(/\/$/, '?utm_source=mail')])
    expect(code).toBe(0)
    expect(out).toContain('stays in the archive')
    expect(urls(file)).toEqual([thread])
    expect(numberOf(file, 'posts')).toBe(45)
    const unknown = await onFile(file, ['targets', 'remove', 'https://a.example/groups/b/'])
    expect(unknown.code).toBe(2)
    expect(unknown.err).toContain(thread)
  })

  it('rename gives a whole site another address, by any of its pages, and shows it first', async () => {
    const { file, url, group } = await held()
    const plan = await onFile(file, ['targets', 'rename', group, `${NEW}groups/gardeners/`, '--dry-run', '--json'])
    const document = JSON.parse(plan.out) as object
    expect(valid(document), ajv.errorsText(valid.errors)).toBe(true)
    expect(document).toMatchObject({
      dryRun: true,
      renamed: { kind: 'site', from: url, to: NEW, groups: 1, posts: 45 },
    })
    expect(urls(file)).toContain(group)
    const { code, out } = await onFile(file, ['targets', 'rename', url, NEW])
    expect(code).toBe(0)
    expect(out).toContain(`threadkeep login ${NEW}`)
    expect(urls(file)).toEqual([`${NEW}groups/gardeners/`, `${NEW}activity/p/5/`])
    expect(rows(file, 'SELECT DISTINCT substr(url, 1, 20) AS base FROM posts')).toEqual([{ base: NEW }])
    expect(numberOf(file, `captures WHERE instr(url, '${url}') = 1`)).toBeGreaterThan(0)
    expect(rows(file, 'SELECT command, exit_code FROM runs ORDER BY id DESC LIMIT 1')).toMatchObject([
      { command: expect.stringContaining(`targets rename ${url} ${NEW}`) as string, exit_code: 0 },
    ])
  })

  it('shows the move in status, log and changes, and finds a thread by its old address', async () => {
    const { file, url, thread } = await held()
    const later = testIo({ now: () => Date.UTC(2030, 0, 1) })
    await running(['targets', 'rename', url, NEW, '--db', file], later)
    expect((await onFile(file, ['status'])).out).toContain(`moved from ${url} on 20`)
    expect((await onFile(file, ['log', '5'])).out).toContain(`site: ${url} → ${NEW}`)
    const changes = await onFile(file, ['changes', '--since', '2000-01-01'])
    expect(changes.out).toContain(`renamed\t\t\t\t\tsite\t${url}\t${NEW}\t${NEW}`)
    const shown = await onFile(file, ['show', thread])
    expect([shown.code, shown.err]).toEqual([0, ''])
    const checked = await onFile(file, ['verify', '--json'])
    expect([checked.code, checked.code === 0 ? '' : checked.out]).toEqual([0, ''])
  })

  it('rename refuses two communities, other pages, and an address that it does not know', async () => {
    const { file, url, group } = await held()
    const other = await onFile(file, ['targets', 'rename', group, `${NEW}groups/bakers/`])
    expect([other.code, other.err.includes(`threadkeep targets rename ${url} ${NEW}`)]).toEqual([2, true])
    const unknown = await onFile(file, ['targets', 'rename', 'https://a.example/', NEW])
    expect([unknown.code, unknown.err.includes(group)]).toEqual([2, true])
    expect((await onFile(file, ['targets', 'rename', url])).code).toBe(2)
    expect((await onFile(file, ['targets', 'move', url])).code).toBe(2)
    const site = await moving()
    const one = desk()
    await one.run([`${site.old.url}groups/gardeners/`, `${site.new.url}groups/gardeners/`])
    const both = await onFile(one.file, ['targets', 'rename', site.old.url, site.new.url])
    expect(both.code).toBe(2)
    expect(both.err).toMatch(/holds .*45 posts.* and .*45 posts/)
  })
})

it('a member is erased after a move, also from the captures of the old address, and a reparse brings nothing back', async () => {
  const { file, url } = await held()
  await onFile(file, ['targets', 'rename', url, NEW])
  const { code, err } = await onFile(file, ['forget', `${NEW}members/bea/`, '--yes'])
  expect([code, err]).toEqual([0, ''])
  const named = () => numberOf(file, "posts WHERE member_id IN (SELECT id FROM members WHERE slug = 'bea')")
  const erased = () => numberOf(file, 'posts WHERE forgotten = 1')
  expect([named(), erased()]).toEqual([0, 20])
  expect((await onFile(file, ['reparse'])).code).toBe(0)
  expect([named(), erased()]).toEqual([0, 20])
})
