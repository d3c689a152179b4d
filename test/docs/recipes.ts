import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll } from 'vitest'

/** Recipes as docs/jobs.md and docs/scale.md print them, and a machine for them: only paths and the address of the community are replaced. */

const ROOT = resolve(import.meta.dirname, '../..')
/** The blocks of a section, by the language that they name. */
export function blocks(section: string, language: string, file = 'docs/jobs.md'): string[] {
  const page = readFileSync(join(ROOT, file), 'utf8')
  const [, text] = new RegExp(`^## ${section}\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, 'm').exec(page) ?? []
  if (text === undefined) throw new Error(`${file} has no section "${section}".`)
  const found = [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, block]) => block ?? '',
  )
  if (found.length === 0) throw new Error(`"${section}" has no block of ${language}.`)
  return found
}

export interface Machine {
  folder: string
  /** A recipe with the paths of this machine. */
  here(text: string): string
  /** Runs a line in `sh`, with this environment and no other variable. */
  sh(line: string, env?: Record<string, string>): Promise<Ended>
  file(name: string): string
  json(name: string): unknown
}

export interface Ended {
  code: number
  out: string
  err: string
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder in place of `/srv/threads`, an installed command, and the address of a community. */
export function machine(community: string): Machine {
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
  folders.push(folder)
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  symlinkSync(process.execPath, join(bin, 'node'))
  const program = join(ROOT, 'bin/threadkeep.js')
  writeFileSync(join(bin, 'threadkeep'), `#!/bin/sh\nexec node ${program} "$@"\n`, { mode: 0o755 })
  writeFileSync(join(bin, 'npm'), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
  const here = (text: string) =>
    text
      .replace(/\/(?:home\/you\/\.nvm\/\S+?|opt\/homebrew)\/bin\/node/g, process.execPath)
      .replace(/\/(?:home\/you\/\.nvm\/\S+?|opt\/homebrew)\/bin\/threadkeep/g, program)
      .replaceAll('/usr/local/bin', bin)
      .replaceAll('/srv/threads', folder)
      .replaceAll('C:\\threads\\', `${folder}/`)
      .replaceAll('https://community.example/', community)
  return {
    folder,
    here,
    sh: (line, env = {}) => ended(line, folder, env),
    file: name => readFileSync(join(folder, name), 'utf8'),
    json: name => JSON.parse(readFileSync(join(folder, name), 'utf8')),
  }
}

/** The community is served by this process, so the child must not block it. */
function ended(line: string, cwd: string, env: Record<string, string>): Promise<Ended> {
  return new Promise(done => {
    const PATH = `${join(cwd, 'bin')}:/usr/bin:/bin`
    execFile('/bin/sh', ['-c', line], { cwd, env: { PATH, HOME: cwd, ...env } }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code ?? -1), out, err }),
    )
  })
}

/** What a program says of a file, if it is installed here; else nothing. */
export function complaints(program: string, ...words: string[]): string {
  const { error, stdout, stderr, status } = spawnSync(program, words, { encoding: 'utf8' })
  return error ? '' : `${status === 0 ? '' : `exit code ${status}\n`}${stdout}${stderr}`
}
