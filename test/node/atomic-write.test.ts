import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { writeAtomically } from '../../src/node/atomic-write.js'

const folder = mkdtempSync(join(tmpdir(), 'threadkeep-write-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Long and short texts of one to four bytes a letter, so that each is written behind one of another length; and bytes. */
const piece = fc.oneof(
  fc
    .tuple(fc.constantFrom('a', 'ä', '漢', '🦋', '\ud83d'), fc.integer({ min: 0, max: 90_000 }))
    .map(([letter, times]) => letter.repeat(times)),
  fc.uint8Array({ maxLength: 100 }),
)

const bytesOf = (pieces: readonly (string | Uint8Array)[]) => {
  let text = ''
  const all: Uint8Array[] = []
  for (const one of pieces)
    if (typeof one === 'string') text += one
    else {
      all.push(Buffer.from(text), one)
      text = ''
    }
  return Buffer.concat([...all, Buffer.from(text)])
}

test('a file holds the bytes of all pieces, in their order', async () => {
  const path = join(folder, 'file')
  const isWritten = async (pieces: (string | Uint8Array)[]) => {
    await writeAtomically(path, pieces, async () => {})
    expect(readFileSync(path).equals(bytesOf(pieces))).toBe(true)
  }
  await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 6 }), isWritten), { numRuns: 60 })
})
