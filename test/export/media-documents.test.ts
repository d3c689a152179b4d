import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exportTo } from '../../src/index.js'
import { page, post, shelf } from '../archive/shelf.js'
import { attached, fetching, file, HOST, hosts, png } from '../run/media/hosts.js'

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'

/** A post that shows a picture and a drawing, links a document, and has a picture behind its text and one that is gone. */
async function illustrated() {
  const names = ['in.png', 'draw.svg', 'behind.png', 'gone.png']
  const one = shelf()
  const html = `<p>Look: <img src="/in.png" alt="The [gate]"> <img src="${HOST}draw.svg" alt="Plan"> <a href="/doc.pdf">minutes</a></p>`
  const attachments = [
    ...names.map(name => attached(`${HOST}${name}`)),
    { kind: 'document' as const, url: `${HOST}doc.pdf`, name: 'Minutes' },
  ]
  one.save(
    page([post('1', null, { url: `${HOST}activity/p/1/`, html, text: 'Look', attachments })], {
      site: { url: HOST, name: 'Town' },
      url: `${HOST}groups/gardeners/`,
    }),
  )
  one.close()
  const { proxy } = await hosts({
    [`${HOST}in.png`]: file(png('in')),
    [`${HOST}draw.svg`]: file(SVG, { 'content-type': 'image/svg+xml' }),
    [`${HOST}behind.png`]: file(png('behind')),
    [`${HOST}doc.pdf`]: file('%PDF-1.7'),
  })
  await fetching(one.file, proxy)
  return one.file
}

const textsBelow = (folder: string, end: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith(end))
    .map(name => readFileSync(join(folder, name), 'utf8'))
    .join('\n')

const copies = (folder: string) =>
  readdirSync(join(folder, 'media'))
    .map(name => name.replace(/-[0-9a-f]{8}\./, '.'))
    .sort()

describe('a document with files that are kept', () => {
  it('in markdown shows pictures from beside it, and links what is none', async () => {
    const db = await illustrated()
    const out = join(dirname(db), 'out')
    await exportTo(`${out}/`, { db, format: 'md' })
    const text = textsBelow(out, '.md')
    expect(text).toMatch(/!\[The \\\[gate\\?\]\]\(\.\.\/media\/in-[0-9a-f]{8}\.png\)/)
    expect(text).toMatch(/\[Plan\]\(\.\.\/media\/draw-[0-9a-f]{8}\.svg\)/)
    expect(text).toMatch(/\[minutes\]\(\.\.\/media\/doc-[0-9a-f]{8}\.pdf\)/)
    expect(text).toMatch(/!\[image\]\(\.\.\/media\/behind-[0-9a-f]{8}\.png\)/)
    expect(text).toContain(`[image](${HOST}gone.png)`)
    expect([text.match(/!\[/g)?.length, /!\[[^\]]*\]\(http/.test(text)]).toEqual([2, false])
    expect(copies(out)).toEqual(['behind.png', 'doc.pdf', 'draw.svg', 'in.png'])
  })

  it('in a folder of HTML shows them in the pages, and no SVG', async () => {
    const db = await illustrated()
    const out = join(dirname(db), 'site')
    await exportTo(`${out}/`, { db, format: 'html' })
    const text = textsBelow(out, '.html')
    const sources = [...text.matchAll(/<img src="([^"]*)"/g)].map(([, source = '']) => source)
    expect(sources.map(source => source.replace(/-[0-9a-f]{8}\./, '.').replace(/^(?:\.\.\/)+/, ''))).toEqual([
      ...['media/in.png', 'media/behind.png'],
    ])
    expect(text).toMatch(/<a href="(?:\.\.\/)+media\/draw-[0-9a-f]{8}\.svg"/)
    expect(text).toMatch(/<a href="(?:\.\.\/)+media\/doc-[0-9a-f]{8}\.pdf"/)
    expect(text).not.toMatch(/onload|<svg[^>]*onload|<img[^>]*http/)
    expect(copies(out)).toEqual(['behind.png', 'doc.pdf', 'draw.svg', 'in.png'])
  })

  it('in one HTML document leads to the folder beside the archive, which its policy allows', async () => {
    const db = await illustrated()
    const path = join(dirname(db), 'thread.html')
    await exportTo(path, { db })
    const text = readFileSync(path, 'utf8')
    expect(text).toMatch(/<img src="archive\.media\/[0-9a-f]{2}\/[0-9a-f]{64}\.png" alt="The \[gate\]"/)
    expect(text).toContain("img-src 'self'")
  })

  it('leaves the addresses of the site with none', async () => {
    const db = await illustrated()
    const path = join(dirname(db), 'thread.md')
    await exportTo(path, { db, media: 'none' })
    const text = readFileSync(path, 'utf8')
    expect([text.includes('!['), text.includes(`${HOST}in.png`), text.includes('media/')]).toEqual([false, true, false])
  })
})
