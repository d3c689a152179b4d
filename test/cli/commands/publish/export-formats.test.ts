import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Exporter } from '../../../../src/export/exporter.js'
import { EXPORTERS } from '../../../../src/export/index.js'
import { markdown } from '../../../../src/export/markdown.js'
import { EXIT } from '../../../../src/model/errors.js'
import { post, readerOf, thread } from '../../fake-reader.js'
import { holding, running, testIo, testOut } from '../../test-io.js'

/** Formats of every kind that the registry allows, and that threadkeep may get: a table, bytes, a site of many files. */

const table: Exporter = {
  name: 'table',
  aliases: ['tbl'],
  summary: 'a row a post',
  extension: 'tbl',
  scope: 'archive',
  delivery: 'stdout',
  options: {
    head: { summary: 'a first row with the names of the columns', default: true },
    guard: { summary: 'nothing', default: false, flag: true },
    separator: { summary: 'what stands between two cells', default: 'tab', choices: ['tab', 'comma'] },
    width: { summary: 'letters of a text', default: 3, flag: true },
  },
  *render(threads, { options, archive }) {
    const between = options['separator'] === 'tab' ? '\t' : ','
    if (options['head']) yield `groups: ${[...archive.groups()].length}\n`
    for (const { posts } of threads)
      for (const { post } of posts) yield `${[post.id, post.text.slice(0, Number(options['width']))].join(between)}\n`
  },
}

const packed: Exporter = {
  name: 'packed',
  summary: 'bytes that are no text',
  extension: 'bin',
  scope: 'archive',
  delivery: 'file',
  *render(threads) {
    yield 'head '
    for (const { id } of threads) yield Uint8Array.of(0, 255, Number(id))
    yield ' end'
  },
}

const site: Exporter = {
  name: 'site',
  summary: 'pages with links between them',
  extension: 'page',
  scope: 'archive',
  delivery: 'folder',
  render: () => ['all in one page'],
  *files(threads) {
    const names: string[] = []
    for (const { id, title } of threads) {
      names.push(`${id}.page`)
      yield { name: `threads/${id}.page`, body: [title] }
    }
    yield { name: 'index.page', body: [names.join(' ')] }
  },
}

const ALL = [...EXPORTERS, table, packed, site]
const THREADS = [thread([post('1', null), post('2', '1')]), thread([post('3', null)], { title: 'Bees' })]

let cwd = ''
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'threadkeep-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

function exporting(line: string, out = testOut()) {
  const io = testIo({ cwd }, { ...holding(readerOf(THREADS)), EXPORTERS: ALL })
  io.stdout = out
  return running(['export', ...line.split(' ').filter(Boolean)], io)
}

const files = () =>
  readdirSync(cwd, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name !== '.threadkeep.json')
    .map(entry => join(entry.parentPath, entry.name).slice(cwd.length + 1))
    .sort()
const read = (name: string) => readFileSync(join(cwd, name), 'latin1')

describe('a format of the scope archive', () => {
  test('makes one document of all threads, with the archive to ask', async () => {
    expect((await exporting('-f table')).out).toBe('groups: 1\n1\tHel\n2\tHel\n3\tHel\n')
  })

  test('goes into one file of a folder that is named, and takes no template', async () => {
    await exporting('-f table -o out/')
    expect(files()).toEqual(['out/threadkeep-export.tbl'])
    const { code, err } = await exporting('-f table -o {id}.tbl')
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('has no file for each thread')])
  })
})

describe('what a format says of its delivery is done without -o', () => {
  test('file: bytes and text in one file', async () => {
    expect((await exporting('-f packed')).out).toBe('')
    expect(read('threadkeep-export.bin')).toBe('head \0\xff\x01\0\xff\x03 end')
  })

  test('folder: the files that the format makes', async () => {
    await exporting('-f site')
    expect(files()).toEqual(
      ['threads/1.page', 'threads/3.page', 'index.page'].map(name => `threadkeep-export/${name}`).sort(),
    )
    expect(read('threadkeep-export/index.page')).toBe('1.page 3.page')
    await exporting('-f site -o one.page')
    expect(read('one.page')).toBe('all in one page')
  })

  test('a terminal gets no bytes', async () => {
    const { code, err } = await exporting('-f packed -o -', testOut({ isTTY: true }))
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('Name a file: -o NAME.bin')])
  })
})

describe('options of a format', () => {
  test('have defaults, and are given by name', async () => {
    expect((await exporting('-f tbl -O head=no -O separator=comma -O width=5')).out).toBe('1,Hello\n2,Hello\n3,Hello\n')
    expect((await exporting('-f table -O head')).out).toContain('groups')
  })

  test.each([
    ['-f table -O heads=no', 'The format table has no option "heads".'],
    ['-f table -O head=perhaps', '"perhaps" is no value of the option "head".'],
    ['-f table -O width=wide', 'It takes a number.'],
    ['-f table -O separator=dot', 'It takes tab, comma.'],
    ['-f json -O head=no', 'Leave it out: json has no options.'],
  ])('%s is wrong usage', async (line, message) => {
    const { code, err } = await exporting(line)
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining(message)])
  })

  test('stand in the help, as all that is said of formats does', async () => {
    const helpWith = async (...exporters: Exporter[]) => {
      const io = testIo({ cwd }, { ...holding(readerOf(THREADS)), EXPORTERS: exporters })
      return (await running(['export', '--help'], io)).out
    }
    const out = await helpWith(markdown, table, packed, site)
    expect(out).toContain('-O, --format-option <name=value>')
    expect(out.replace(/\s+/g, ' ')).toContain('-O separator=tab|comma what stands between two cells (default: tab)')
    expect(out.replace(/\s+/g, ' ')).toContain(
      'Without -o, table goes to stdout; md goes to stdout where one thread is chosen, and else into threadkeep-export/, ' +
        'one file a thread; site goes into the folder threadkeep-export/; ' +
        'packed goes into the file threadkeep-export with its extension.',
    )
    expect(await helpWith(packed, site)).not.toContain('--format-option')
  })
})

describe('several formats in one call', () => {
  test('go into one folder, each with many files in a folder of its name', async () => {
    const { code, err } = await exporting('-f md,table,site -o out')
    expect([code, err.split('\n')]).toEqual([
      0,
      [
        '2 threads, 3 posts written to out/md/',
        '2 threads, 3 posts written to out/threadkeep-export.tbl',
        '2 threads, 3 posts written to out/site/',
        '',
      ],
    ])
    expect(files().filter(name => !name.startsWith('out/md/'))).toEqual(
      ['site/index.page', 'site/threads/1.page', 'site/threads/3.page', 'threadkeep-export.tbl'].map(
        name => `out/${name}`,
      ),
    )
  })

  test('a name twice is one format, and an option goes to the formats that have it', async () => {
    expect((await exporting('-f table,tbl --width 1')).out).toBe('groups: 1\n1\tH\n2\tH\n3\tH\n')
    await exporting('-f table,json --width 1 -O head=no --guard -o out/')
    expect(read('out/threadkeep-export.tbl')).toBe('1\tH\n2\tH\n3\tH\n')
  })

  test('a template with {ext} takes formats of threads', async () => {
    await exporting('-f md,json -o notes/{id}.{ext}')
    expect(files()).toEqual(['notes/1.json', 'notes/1.md', 'notes/3.json', 'notes/3.md'])
  })

  test.each([
    ['-f md,json -o -', 'md, json cannot share stdout.'],
    ['-f md,json -o notes/{id}.md', 'End it in .{ext}'],
    ['-f md,table -o notes/{id}.{ext}', 'has no file for each thread'],
    ['-f md,clay -o out/', 'Allowed choices are md, '],
    ['-f md, -o out/ --colour red', 'unknown option'],
    ['-f md,json -O width=1 -o out/', 'None of these formats has an option "width".'],
  ])('%s is wrong usage', async (line, message) => {
    const { code, err } = await exporting(line)
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining(message)])
    expect(files()).toEqual([])
  })

  test('a file of that name is no folder', async () => {
    writeFileSync(join(cwd, 'out'), 'mine')
    expect(await exporting('-f md,json -o out')).toMatchObject({ code: EXIT.usage })
    expect(read('out')).toBe('mine')
  })
})
