import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const FOLDER = join(ROOT, 'docs/schema')
const files = readdirSync(FOLDER)

interface Schema {
  $id: string
  $schema: string
  title: string
  description: string
  properties: { schema: { const: string } }
}
const schemaOf = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Schema

/** `list-1.json`: what `threadkeep.list/1` is described in. */
const fileOf = (name: string) => `${name.replace(/^threadkeep\./, '').replace('/', '-')}.json`

/** Files of threadkeep's own, which nobody but threadkeep reads; and the first line of a hash. */
const PRIVATE = ['threadkeep.manifest/1', 'threadkeep.pseudonyms/1', 'threadkeep.session/1', 'threadkeep.threads/1']

const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => readFileSync(join(ROOT, 'src', file), 'utf8'))

describe('docs/schema', () => {
  test.each(files)('%s says what it describes, in which version, and under which name others refer to it', file => {
    const { $id, $schema, title, description, properties } = schemaOf(file)
    expect($schema).toBe('https://json-schema.org/draft/2020-12/schema')
    expect($id).toBe(`https://threadkeep.invalid/schema/${file}`)
    expect(fileOf(title)).toBe(file)
    expect(properties.schema.const).toBe(title)
    expect(description).toMatch(/^[A-Z].*\.$/)
  })

  test('all schemas compile together, with what they refer to, and with no key that ajv does not know', () => {
    const ajv = new Ajv2020({
      schemas: files.map(schemaOf),
      allowUnionTypes: true,
      strictTypes: false,
      strictRequired: false,
    })
    addFormats.default(ajv)
    for (const file of files) expect(ajv.getSchema(schemaOf(file).$id), file).toBeTypeOf('function')
  })

  test('there is one for each JSON document that the code writes, and no other', () => {
    const written = new Set(
      sources.flatMap(text => [...text.matchAll(/\b(threadkeep\.[a-z-]+\/\d+)\b/g)].map(([, name = '']) => name)),
    )
    const published = [...written].filter(name => !PRIVATE.includes(name)).map(fileOf)
    expect(published.sort()).toEqual([...files].sort())
  })

  test('each is held against a real document by a test', () => {
    const tests = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts') && file !== join('docs', 'schemas.test.ts'))
      .map(file => readFileSync(join(ROOT, 'test', file), 'utf8'))
      .filter(text => text.includes('ajv'))
    const isUsed = (file: string) =>
      tests.some(text => text.includes(file) || text.includes(`schemaOf('${file.replace('-1.json', '')}')`))
    expect(files.filter(file => !isUsed(file))).toEqual([])
  })
})
