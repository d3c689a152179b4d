import { describe, expect, it } from 'vitest'
import type { LocalFile } from '../../../src/export/exporter.js'
import { isPlainPicture, Pictures } from '../../../src/export/office/pictures.js'
import { kept, PNG, pngOf } from '../pictures.js'

const held = (...files: LocalFile[]) => {
  const pictures = new Pictures(url => files[Number(url)] ?? null)
  const paths = files.map((_, at) => pictures.lookup(String(at))?.path ?? null)
  return { paths, names: [...pictures.files()].map(({ name }) => name) }
}

const numbered = (count: number, bytes: Uint8Array, more: Partial<LocalFile> = {}) =>
  Array.from({ length: count }, (_, at) => kept(bytes, { file: `/${at}`, ...more }))

describe('the pictures that a document holds', () => {
  it('have names that no member has given, and their size on a page', () => {
    const name = '../../x.png) ![](http://127.0.0.1:9/'
    expect(held(kept(pngOf(1020, 100), { name }))).toEqual({
      ...{ paths: ['picture-1-510x50.png'], names: ['picture-1-510x50.png'] },
    })
    expect(held(kept(pngOf(10, 6400))).names).toEqual(['picture-1-1x640.png'])
  })

  it('are there once, however often they are shown', () => {
    const { paths, names } = held(kept(PNG), kept(PNG))
    expect([paths, names]).toEqual([['picture-1-1x1.png', 'picture-1-1x1.png'], ['picture-1-1x1.png']])
  })

  it('are none of another kind, whatever the archive says of it', () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>')
    const others = [
      kept(svg, { file: '/1' }),
      kept(svg, { file: '/2', type: 'image/svg+xml', isImage: false }),
      kept(Buffer.from('%PDF-1.7'), { file: '/3', type: 'application/pdf', isImage: false }),
      kept(PNG.subarray(0, 12), { file: '/4' }),
      kept(PNG, { file: '/5', type: 'image/gif' }),
    ]
    expect(held(...others)).toEqual({ paths: [null, null, null, null, null], names: [] })
    const webp = kept(PNG, { type: 'image/webp' })
    expect(new Pictures(() => webp, isPlainPicture).lookup('0')).toBeNull()
  })

  it('are bounded in pixels, in bytes, in all bytes and in number', () => {
    expect(held(kept(pngOf(100_000, 100_000))).names).toEqual([])
    expect(held(kept(PNG, { size: 10_000_001 })).names).toEqual([])
    expect(held(...numbered(7, PNG, { size: 9_000_000 })).names).toHaveLength(5)
    expect(held(...numbered(510, PNG)).names).toHaveLength(500)
  })

  it('are shown, and no file is linked', () => {
    const pictures = new Pictures(() => kept(PNG))
    expect([pictures.lookup('x', 'link'), [...pictures.files()]]).toEqual([null, []])
    expect(new Pictures(undefined).lookup('x')).toBeNull()
  })
})
