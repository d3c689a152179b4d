import { describe, expect, test } from 'vitest'
import { readBatch, targetsIn } from '../../../src/cli/commands/fetch/archive.js'
import { UsageError } from '../../../src/model/errors.js'
import { testIo } from '../test-io.js'

describe('a batch file', () => {
  test('has one target a line; comments and blank lines are skipped, fragments stay', () => {
    const text = '\ufeff# mine\r\nhttps://a.example/groups/x/\r\n\r\n  https://b.example/#acomment-7  # a reply\n#end\n'
    expect(targetsIn(text)).toEqual(['https://a.example/groups/x/', 'https://b.example/#acomment-7'])
  })

  test('is read from the working directory, or from standard input', async () => {
    const io = testIo({ readFile: async path => `file ${path}`, readStdin: async () => 'from stdin' })
    expect(await readBatch('t.txt', io)).toEqual(['file /nowhere/t.txt'])
    expect(await readBatch('-', io)).toEqual(['from stdin'])
  })

  test('that is not there is wrong usage', async () => {
    await expect(readBatch('t.txt', testIo())).rejects.toThrow(UsageError)
  })
})
