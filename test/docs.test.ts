import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../src/archive/index.js'
import { COMMANDS } from '../src/cli/commands/index.js'
import { TOPICS } from '../src/cli/help/index.js'
import { EXPORTERS } from '../src/export/index.js'
import { EXIT } from '../src/model/errors.js'
import { VERSION } from '../src/model/version.js'
import { ENV } from './archive/shelf.js'
import { running, testIo } from './cli/test-io.js'
import { DERIVED, sectionOf, withDerived, withLabels, withSections } from './derived-docs.js'
import { PAGES, ROOT } from './docs/pages.js'
import { newFile } from './run/outside.js'

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const shown = async (...line: string[]) => (await running(line, testIo())).out
const help = (...line: string[]) => shown(...line, '--help')
const commands = COMMANDS.map(({ name }) => name)

/** docs/cli.md: the help of the program, of each command and topic. `npm run derive` writes it. */
async function cliReference(): Promise<string> {
  const lines = [[], ['--help'], ['help', 'commands'], ...commands.map(name => [name, '--help'])]
  // A topic with the name of a command is a part of its help.
  const topics = TOPICS.map(({ name }) => name).filter(name => !commands.includes(name))
  lines.push(['help', 'topics'], ...topics.map(name => ['help', name]))
  const pages = lines.map(async line => {
    const title = ['threadkeep', ...line].join(' ').replace(/(?<=\w+ \w+) --help$/, '')
    return `## ${title}\n\n\`\`\`text\n${(await shown(...line)).trimEnd()}\n\`\`\`\n`
  })
  return `# Command line reference\n\nMade from \`--help\` and \`help TOPIC\`; a test keeps it equal.\n\n${(await Promise.all(pages)).join('\n')}`
}

describe('the documentation', () => {
  // First of all: the codebook follows from the schema.
  it('has the labels of posts in the schema of records (npm run derive writes them)', () => {
    const file = 'docs/schema/post-1.json'
    const derived = withLabels(read(file))
    if (process.env['UPDATE_DOCS']) writeFileSync(join(ROOT, file), derived)
    expect(read(file)).toBe(derived)
  })

  it.each(DERIVED)(
    'has in $file what the registry of $name says (npm run derive writes it)',
    ({ file, name, text }) => {
      const derived = withDerived(read(file), name, text())
      if (process.env['UPDATE_DOCS']) writeFileSync(join(ROOT, file), derived)
      expect(read(file)).toBe(derived)
    },
  )

  it('has a command line reference that equals the help', async () => {
    const reference = await cliReference()
    if (process.env['UPDATE_DOCS']) writeFileSync(join(ROOT, 'docs/cli.md'), reference)
    expect(read('docs/cli.md')).toBe(reference)
  })

  it('lists the man page of each command in package.json, by which npm installs them', () => {
    const pkg = JSON.parse(read('package.json')) as { man: string[]; files: string[] }
    const man = ['man/threadkeep.1', ...commands.map(name => `man/threadkeep-${name}.1`)]
    // A file that does not change is not written: other tests of the same run read it.
    if (process.env['UPDATE_DOCS'] && !isDeepStrictEqual(pkg.man, man))
      writeFileSync(join(ROOT, 'package.json'), `${JSON.stringify({ ...pkg, man }, null, 2)}\n`)
    expect(JSON.parse(read('package.json'))).toMatchObject({ man, files: expect.arrayContaining(['man']) })
  })

  it('names each command and format in the README and the guide, and each exit code in the guide', () => {
    const [readme, guide] = [read('README.md'), read('docs/guide.md')]
    for (const name of commands) {
      expect(readme).toContain(`[\`${name}\`](docs/cli.md#threadkeep-${name})`)
      expect(guide).toContain(`threadkeep ${name}`)
    }
    for (const { name } of EXPORTERS) for (const page of [readme, guide]) expect(page).toContain(`\`${name}\``)
    for (const code of Object.values(EXIT)) expect(guide).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'))
  })

  it('is short where it begins: the README has fewer than 120 lines, its examples one command a line', () => {
    expect(read('README.md').trimEnd().split('\n').length).toBeLessThan(120)
    const recipes = [...read('README.md').matchAll(/```sh\n([\s\S]*?)```/g)]
      .slice(2)
      .map(([, text = '']) => text.trim())
    for (const recipe of recipes)
      expect(recipe.split('\n').map(line => line.split(' ')[0])).toEqual(Array(5).fill('threadkeep'))
    expect(recipes).toHaveLength(3)
  })

  it('describes each format in docs/formats.md', () => {
    if (process.env['UPDATE_DOCS']) writeFileSync(join(ROOT, 'docs/formats.md'), withSections(read('docs/formats.md')))
    for (const { name } of EXPORTERS) expect(read('docs/formats.md')).toMatch(sectionOf(name))
  })

  it('gives a reason for each dependency in docs/architecture.md, and for none that is not there', () => {
    const { dependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<string, object>
    const section = read('docs/architecture.md').split('## Dependencies').at(-1) ?? ''
    const cells = [...section.matchAll(/^\| ([\w ,()-]+) \|/gm)].map(row =>
      (row[1] ?? '').replace(/\([^)]*\)| \d+$/g, ''),
    )
    const named = cells.flatMap(cell => cell.split(/[,\s]+/)).filter(name => /[a-z]/.test(name))
    expect(new Set(named)).toEqual(new Set(['package', ...Object.keys({ ...dependencies, ...optionalDependencies })]))
  })

  it('names source files and folders in CONTRIBUTING.md that exist', () => {
    const paths = [...read('CONTRIBUTING.md').matchAll(/`((?:src|test|fixtures|release|site)\/[^`]+)`/g)].map(
      at => at[1] ?? '',
    )
    const named = paths.filter(path => !path.includes('NAME'))
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter(path => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it('gives examples that the program understands', async () => {
    const blocks = PAGES.flatMap(file => [...read(file).matchAll(/```sh\n([\s\S]*?)```/g)])
    const shell = blocks.map(([, text]) => text).join('\n')
    const lines = [...shell.matchAll(/^(?:\$ )?threadkeep (.*)$/gm)].map(match => match[1] as string)
    const known = commands
    expect(lines.length).toBeGreaterThan(5)
    for (const line of lines) {
      const [command, ...words] = line.replace(/ > .*$/, '').split(/\s+/)
      expect(known).toContain(command)
      const page = await help(command as string)
      for (const flag of words.filter(word => word.startsWith('-') && word.length > 1)) expect(page).toContain(flag)
    }
  })

  it('names every table and view of an archive in docs/database.md, and none that is not there', () => {
    const file = newFile()
    openArchive(file, 'write', ENV).close()
    const db = new Sqlite(file, { readonly: true })
    const sql = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'posts_fts_%'"
    const found = db.prepare(sql).pluck().all()
    db.close()
    const [overview = ''] = read('docs/database.md').split('## Every table')
    const rows = overview.matchAll(/^\| ((?:view )?`[^|]+) \|/gm)
    const named = [...rows].flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(match => match[1]))
    expect(new Set(named)).toEqual(new Set(found))
  })

  it.each([
    ['list', 8],
    ['list --groups', 7],
    ['search', 9],
  ])('says in docs/formats.md what the cells of %s are', (line, cells) => {
    const [, row = ''] = new RegExp(`^\\| \`${line}\` \\| (.*) \\|$`, 'm').exec(read('docs/formats.md')) ?? []
    expect(row.split(', ')).toHaveLength(cells)
  })

  it('tells of the present version', () => {
    expect(read('CHANGELOG.md')).toContain(`## ${VERSION}`)
    expect(JSON.parse(read('package.json'))).toMatchObject({ version: VERSION })
  })

  it('opens with the two commands, which are scripts of the package', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const blocks = [...read('README.md').matchAll(/```sh\n([\s\S]*?)```/g)].map(match => match[1]?.trim())
    expect(blocks.slice(0, 2)).toEqual(['npm ci && npm run demo', 'npm ci && npm test'])
    expect(scripts).toMatchObject({ demo: 'node bin/threadkeep.js demo', test: expect.stringContaining('vitest run') })
  })
})
