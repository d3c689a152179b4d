import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { unpacked } from '../../../src/archive/database/unpacked.js'

const MB = 1024 * 1024

it('a stored body is unpacked up to its size, and never beyond what is read of a site', () => {
  expect(unpacked(gzipSync('abc'), 3).toString()).toBe('abc')
  expect(() => unpacked(gzipSync('abc'), 2)).toThrow()
  expect(unpacked(gzipSync(Buffer.alloc(32 * MB))).length).toBe(32 * MB)
  // A hostile file may claim any size.
  expect(() => unpacked(gzipSync(Buffer.alloc(33 * MB)), 1000 * MB)).toThrow()
})

it('an empty body is unpacked', () => {
  expect(unpacked(gzipSync(''), 0).length).toBe(0)
})
