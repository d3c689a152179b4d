import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inChunks } from '../../src/node/chunks.js'

const bytesOf = (pieces: Iterable<string | Uint8Array>) => Buffer.concat([...pieces].map(piece => Buffer.from(piece)))
const text = fc.oneof(
  fc.string(),
  fc
    .tuple(fc.integer({ min: 65_530, max: 140_000 }), fc.constantFrom('a', '🐝'))
    .map(([n, one]) => `x${one.repeat(n)}`),
)

it('gives the same bytes in pieces that are neither small nor long', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(text, fc.uint8Array()), { maxLength: 6 }), pieces => {
      const chunks = [...inChunks(pieces)]
      expect(bytesOf(chunks).equals(bytesOf(pieces))).toBe(true)
      for (const chunk of chunks) if (typeof chunk === 'string') expect(chunk.length).toBeLessThan(140_000)
    }),
    { numRuns: 30 },
  )
})
