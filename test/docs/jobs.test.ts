import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type CommunityServer, communityOf, serveCommunity } from '../community/index.js'
import { blocks, complaints, type Ended, type Machine, machine } from './recipes.js'

/** The recipes of docs/jobs.md, run as they are printed. */

const ROOT = resolve(import.meta.dirname, '../..')

let server: CommunityServer
/** It has an archive, which no recipe changes: nothing is new on the site. */
let one: Machine
beforeAll(async () => {
  server = await serveCommunity(communityOf({ posts: [{}, { parentId: 1 }] }))
  one = await begun()
})
afterAll(() => server.close())

const SCHEMA = JSON.parse(readFileSync(join(ROOT, 'docs/schema/run-1.json'), 'utf8')) as object
const isReport = new Ajv2020({ allowUnionTypes: true }).compile(SCHEMA)

/** A machine with the file of settings and an archive; the pause is left out, because a test need not be polite to itself. */
async function begun(): Promise<Machine> {
  const begun = machine(server.url)
  const [settings = ''] = blocks('Begin', 'yaml')
  writeFileSync(join(begun.folder, 'threadkeep.yaml'), settings.replace('sleep-requests: 2-4', 'sleep-requests: 0'))
  const [archive = ''] = blocks('Begin', 'sh')
  expect(await begun.sh(`${begun.here(archive.trim())} --sleep-requests 0`)).toMatchObject({ code: 0 })
  return begun
}

function synced({ code, err }: Ended): void {
  expect([code, err]).toEqual([0, expect.not.stringContaining('Error')])
  const report = one.json('report.json')
  expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true)
  expect(report).toMatchObject({ exitCode: 0, reason: null, newPosts: 0, targets: [{ state: 'done' }] })
}

describe('the recipes', () => {
  it('settings and the first lines', async () => {
    const [, sync = ''] = blocks('Begin', 'sh')
    synced(await one.sh(one.here(sync)))
    expect(one.file('log.jsonl')).toContain('"event":"end"')
  })

  it('cron: each line by sh in the environment of cron, and its check is silent when all is well', async () => {
    const [crontab = '', nvm = ''] = blocks('cron', 'cron').map(one.here)
    const variables = Object.fromEntries(
      [...crontab.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    )
    const lines = (text: string) => [...text.matchAll(/^[\d* ]+ {2}(.*)$/gm)].map(([, line]) => line ?? '')
    const [sync = '', check = ''] = lines(crontab)
    const quiet = await one.sh(sync, variables)
    synced(quiet)
    expect([quiet.out, quiet.err]).toEqual(['', ''])
    expect(await one.sh(check, variables)).toEqual({ code: 0, out: '', err: '' })
    synced(await one.sh(lines(nvm)[0] ?? '', { PATH: '/usr/bin:/bin' }))
    const lost = await one.sh(check.replace('archive.db', 'none.db'), variables)
    expect(lost.out).toMatch(/^THREADKEEP CRITICAL - There is no archive /)
  })

  it('systemd: the units are valid, and what they start replaces the report', async () => {
    const [service = '', timer = '', nvm = ''] = blocks('systemd timer', 'ini').map(one.here)
    const units = { 'threadkeep.service': service, 'threadkeep.timer': timer, 'nvm.service': nvm }
    for (const [name, text] of Object.entries(units)) writeFileSync(join(one.folder, name), text)
    const files = Object.keys(units).map(name => join(one.folder, name))
    expect(complaints('systemd-analyze', 'verify', ...files)).toBe('')
    expect(service).toMatch(/^SuccessExitStatus=3 130$/m)
    for (const unit of [service, nvm]) {
      const [, start] = /^ExecStart=(.*)$/m.exec(unit) ?? []
      const [, output = join(one.folder, 'report.json')] = /^StandardOutput=truncate:(.*)$/m.exec(unit) ?? []
      writeFileSync(output, 'x'.repeat(100_000))
      synced(await one.sh(`${start} >${output}`, { PATH: unit === nvm ? '/usr/bin:/bin' : join(one.folder, 'bin') }))
    }
  })

  it('GitHub Actions: the steps in order, twice, with the archive kept between', async () => {
    const fresh = machine(server.url)
    symlinkSync(join(ROOT, 'bin'), join(fresh.folder, 'clone'))
    const [text = ''] = blocks('GitHub Actions', 'yaml')
    const { env, steps } = (parse(fresh.here(text)) as Workflow).jobs.archive
    for (const run of [1, 2]) {
      for (const step of steps.filter(({ run }) => run)) {
        const line = `set -e\n${step.run?.replaceAll('bin/threadkeep.js', 'clone/threadkeep.js')}`
        const ended = await fresh.sh(line, { ...env, THREADKEEP_SLEEP_REQUESTS: '0' })
        expect([run, step.run, ended.code, ended.err]).toEqual([run, step.run, 0, expect.not.stringContaining('Error')])
      }
      expect(fresh.json('report.json')).toMatchObject({ exitCode: 0, newPosts: run === 1 ? expect.any(Number) : 0 })
    }
    const uploads = steps.filter(({ uses }) => uses?.startsWith('actions/upload-artifact'))
    expect(uploads.map(step => step.with?.['path'])).toEqual(['archive.db\nreport.json\n'])
  })

  it('containers: the entry point with the variables of the image', async () => {
    const fresh = machine(server.url)
    mkdirSync(join(fresh.folder, 'data'))
    const [image = ''] = blocks('Docker and podman', 'dockerfile')
    const at = (words: string) => words.replaceAll('/app', ROOT).replaceAll('/data', join(fresh.folder, 'data'))
    const [, variables = ''] = /^ENV (.*)$/m.exec(image) ?? []
    const env = Object.fromEntries(
      at(variables)
        .split(' ')
        .map(pair => pair.split('=') as [string, string]),
    )
    const [, entry = '[]'] = /^ENTRYPOINT (.*)$/m.exec(image) ?? []
    const start = (JSON.parse(at(entry)) as string[]).join(' ')
    const [lines = ''] = blocks('Docker and podman', 'sh').map(fresh.here)
    for (const line of lines.trim().split('\n')) {
      const command = `${start} ${line.replace(/^podman run .* threadkeep /, '')}`
      expect(await fresh.sh(command, { ...env, THREADKEEP_SLEEP_REQUESTS: '0' })).toMatchObject({ code: 0 })
    }
    expect(fresh.json('report.json')).toMatchObject({ exitCode: 0, newPosts: 0 })
  })

  it('launchd: the plist is XML, and its program replaces the report', async () => {
    const [plist = ''] = blocks('launchd \\(macOS\\)', 'xml').map(one.here)
    const file = join(one.folder, 'job.plist')
    writeFileSync(file, plist)
    expect(complaints('xmllint', '--noout', '--nonet', file)).toBe('')
    const [, list = ''] = /<key>ProgramArguments<\/key>\s*<array>([\s\S]*?)<\/array>/.exec(plist) ?? []
    const words = [...list.matchAll(/<string>(.*)<\/string>/g)].map(([, word]) => word?.replaceAll('&gt;', '>') ?? '')
    expect(words.slice(0, 2)).toEqual(['/bin/sh', '-c'])
    synced(await one.sh(words[2] ?? '', { PATH: '/usr/bin:/bin' }))
  })

  it('Windows: the command line of the task', async () => {
    const [task = ''] = blocks('Windows Task Scheduler', 'powershell').map(one.here)
    const [, line = ''] = /-Argument '\/c (.*?)'/.exec(task) ?? []
    synced(await one.sh(line))
  })

  it('monitors: the line and the definition', async () => {
    const [line = ''] = blocks('Is all well\\?', 'sh').map(one.here)
    const [definition = ''] = blocks('Is all well\\?', 'nagios').map(one.here)
    const [, command = ''] = /command_line {2}(.*)/.exec(definition) ?? []
    const defined = command.replace('$ARG1$', join(one.folder, 'archive.db'))
    for (const words of [line, defined]) {
      expect(words).toContain('status --check')
      const { code, out } = await one.sh(words)
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(/^THREADKEEP OK - 1 target, .* \| age=\d+s;172800;604800;0 gaps=0;0;;0\n$/),
      ])
    }
  })
})

interface Workflow {
  jobs: {
    archive: {
      env: Record<string, string>
      steps: { run?: string; uses?: string; with?: Record<string, unknown> }[]
    }
  }
}
