import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import yauzl from 'yauzl'
import { rezipped, zipOf } from '../../../src/export/office/zip.js'

async function textIn(file: AsyncIterable<Uint8Array>, name: string): Promise<string> {
  const zip = await yauzl.fromBufferPromise(await buffer(file), { lazyEntries: true })
  for await (const entry of zip.eachEntry())
    if (entry.fileName === name) return (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8')
  throw new Error(`no ${name}`)
}

describe('a zip file that is written anew', () => {
  const paragraph = '<w:p>→ שלום 🌻</w:p>'
  const long = `<w:body>${paragraph.repeat(20_000)}</w:body>`

  it('has a long text changed in pieces, each of which ends with a paragraph', async () => {
    const pieces: string[] = []
    const edit = (piece: string) => {
      pieces.push(piece)
      return piece.replaceAll('→', '>')
    }
    const file = rezipped(
      zipOf([
        { name: 'a.xml', body: long },
        { name: 'b.xml', body: '→' },
      ]),
      { 'a.xml': edit },
    )
    expect(await textIn(file, 'a.xml')).toBe(long.replaceAll('→', '>'))
    expect(pieces.length).toBeGreaterThan(5)
    for (const piece of pieces.slice(0, -1)) expect(piece.endsWith('</w:p>')).toBe(true)
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000)
  })

  it('has other texts as they were', async () => {
    expect(await textIn(rezipped(zipOf([{ name: 'b.xml', body: '→' }]), {}), 'b.xml')).toBe('→')
  })
})
