import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { unpackedBody } from '../../../src/archive/database/stored-body.js'

it.each([0, 1, 63, 64, 65, 5000, 3_000_000])('a body of %i bytes is unpacked as it was', size => {
  const body = Buffer.from('0123456789'.repeat(size / 10 + 1)).subarray(0, size)
  const packed = gzipSync(body)
  expect(unpackedBody(packed, size).equals(body)).toBe(true)
  if (size > 1) expect(() => unpackedBody(packed, size - 1)).toThrow()
})

it('a large body is unpacked into one buffer, which zlib does not join out of many', () => {
  const size = 3_000_000
  expect(unpackedBody(gzipSync(Buffer.alloc(size)), size).buffer.byteLength).toBe(size + 1)
})
