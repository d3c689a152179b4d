import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { describedTables } from '../../../../src/cli/commands/publish/codebook.js'
import { POST_COLUMNS } from '../../../../src/export/table/post-columns.js'
import { EXIT } from '../../../../src/model/errors.js'
import { running, testIo } from '../../test-io.js'

const codebook = (...line: string[]) => running(['codebook', ...line], testIo())
const schema = JSON.parse(readFileSync(new URL('../../../../docs/schema/codebook-1.json', import.meta.url), 'utf8'))

const tables = await describedTables()
const named = (table: string) => tables.find(({ name }) => name === table)?.columns ?? []

describe('codebook', () => {
  it('describes each column of each table as markdown, without an archive', async () => {
    const { code, out, err } = await codebook()
    expect([code, err]).toEqual([0, ''])
    for (const { name, columns } of tables) {
      const section = out.split(/^## /m).find(one => one.startsWith(`${name}\n`)) ?? ''
      for (const column of columns) expect(section).toContain(`| \`${column.name}\` | ${column.type} | `)
    }
  })

  it('is not written into a file of another kind', async () => {
    for (const line of ['-o w.docx', '-f md -o w.json', '--json -o w.md'])
      expect((await codebook(...line.split(' '))).code, line).toBe(EXIT.usage)
  })

  it('is JSON in a file of this name, and has one form', async () => {
    const io = testIo({ cwd: mkdtempSync(join(tmpdir(), 'threadkeep-')) })
    await running(['codebook', '-o', 'w.json'], io)
    expect(readFileSync(join(io.cwd, 'w.json'), 'utf8')).toBe((await codebook('--json')).out)
    expect((await codebook('--json', '-f', 'md')).err).toContain('A codebook has one form, not md and json.')
  })

  it('has the tables of a format, or of a command, alone', async () => {
    const { out } = await codebook('--format-of', 'parquet,search')
    expect([...out.matchAll(/^## (.*)$/gm)].map(match => match[1])).toEqual(['posts', 'search'])
    expect(out).toContain('- `gone`: no longer there')
    expect(out).toContain('REST: `user_id`')
  })

  it('is one JSON document of its schema', async () => {
    const { out } = await codebook('--json')
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)
    expect(validate(JSON.parse(out)) ? [] : validate.errors).toEqual([])
    expect((await codebook('-f', 'json')).out).toBe(out)
    const document = JSON.parse(out) as { tables: { name: string; columns: { name: string }[] }[] }
    expect(document.tables[0]?.columns.map(({ name }) => name)).toEqual(POST_COLUMNS.map(({ name }) => name))
  })

  it('is a table schema of Frictionless', async () => {
    const { out } = await codebook('--frictionless', '--format-of', 'csv')
    const { fields, missingValues } = JSON.parse(out) as {
      fields: { name: string; type: string; constraints?: object }[]
      missingValues: string[]
    }
    expect(missingValues).toEqual([''])
    expect(fields.map(({ name }) => name)).toEqual(POST_COLUMNS.map(({ name }) => name))
    expect(fields.find(({ name }) => name === 'status')).toMatchObject({
      type: 'string',
      constraints: { required: true, enum: ['live', 'gone'] },
    })
    expect(fields.find(({ name }) => name === 'type')?.constraints).toEqual({ required: true })
    expect(fields.filter(({ type }) => type === 'datetime').map(({ name }) => name)).toContain('posted_at')
  })

  it('has of records the fields of their schema, with its words', async () => {
    const posts = named('post-records')
    expect(posts.map(({ name }) => name)).toEqual(expect.arrayContaining(['author.name', 'links[].url', 'seen_by[]']))
    expect(posts.filter(({ meaning }) => meaning === '')).toEqual([])
    expect(posts.find(({ name }) => name === 'text')?.meaning).toBe('The body as plain text')
    expect(named('thread-records').map(({ name }) => name)).toContain('completeness.claimed')
  })

  it('writes a file', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'threadkeep-codebook-'))
    const { err } = await running(['codebook', '-o', 'codebook.md'], testIo({ cwd }))
    expect(err).toBe(`Written to ${join(cwd, 'codebook.md')}\n`)
    expect(readFileSync(join(cwd, 'codebook.md'), 'utf8')).toBe((await codebook()).out)
  })

  it.each([
    [['--format-of', 'pdf'], '"pdf" writes no table.'],
    [['--format-of', ' , '], '--format-of names no format.'],
    [['--json', '--frictionless'], 'A codebook has one form, not json and frictionless.'],
    [['--frictionless', '--format-of', 'csv,list'], 'A table schema describes one table.'],
    [['--frictionless', '--format-of', 'jsonl'], 'no table schema describes'],
  ])('%j says what is wrong', async (line, words) => {
    const { code, out, err } = await codebook(...line, '-o', 'never.md')
    expect([code, out.startsWith('{"schema":"threadkeep.error/1"') ? '' : out]).toEqual([EXIT.usage, ''])
    expect(err).toContain(words)
    expect(existsSync('never.md')).toBe(false)
  })
})
