import { describe, expect, it } from 'vitest'
import { COMMAND_TABLES } from '../../../src/cli/render/table/index.js'
import { TABLES } from '../../../src/export/codebook/tables.js'
import { EXPORTERS } from '../../../src/export/index.js'

const all = [...TABLES, ...COMMAND_TABLES]

describe('the registry of tables', () => {
  it('has a name for each table, and a name and a meaning for each column', () => {
    const names = all.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { columns } of all) {
      expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length)
      expect(columns.filter(({ meaning }) => meaning.trim() === '')).toEqual([])
    }
  })

  it.each(all)('says of $name where each value comes from that the site states', ({ columns }) => {
    const stated = columns.filter(({ certainty }) => certainty === 'stated')
    expect(stated.filter(({ source }) => source === undefined).map(({ name }) => name)).toEqual([])
  })

  it.each(TABLES)('names for $name only formats that there are, and only columns of its own as its key', table => {
    const formats = EXPORTERS.map(({ name }) => name)
    expect(table.formats.filter(format => !formats.includes(format))).toEqual([])
    const columns = table.columns.map(({ name }) => name)
    expect(table.key?.filter(name => !columns.includes(name)) ?? []).toEqual([])
  })
})
