import { describe, expect, it } from 'vitest'
import { textOfCapture } from '../../src/parse/document/charset.js'

/** The bytes of a text, in an encoding with one byte for each of these letters. */
const TABLES: Record<string, Record<string, number>> = {
  'windows-1252': {
    '€': 0x80,
    '‚': 0x82,
    '…': 0x85,
    Š: 0x8a,
    '‘': 0x91,
    '’': 0x92,
    '“': 0x93,
    '”': 0x94,
    '–': 0x96,
    '—': 0x97,
    ž: 0x9e,
    Ÿ: 0x9f,
  },
}
const latin = (text: string): Uint8Array =>
  Uint8Array.from(text, letter => TABLES['windows-1252']?.[letter] ?? letter.charCodeAt(0))
const cyrillic = (text: string): Uint8Array =>
  Uint8Array.from(text, letter => (/[А-я]/.test(letter) ? letter.charCodeAt(0) - 0x410 + 0xc0 : letter.charCodeAt(0)))

const read = (body: Uint8Array, type = 'text/html') => textOfCapture({ headers: { 'content-type': type }, body })

const ODD = '“We” – 5 € — ‘it’s’ … Šž Ÿ é ß'

describe('old charsets', () => {
  it.each(['windows-1252', 'iso-8859-1', 'ISO-8859-1', 'latin1', 'ascii', 'us-ascii', 'cp1252'])(
    '%s is windows-1252, in the header and in the page',
    label => {
      expect(read(latin(ODD), `text/html; charset=${label}`)).toBe(ODD)
      const page = `<html><head><meta charset="${label}"><title>${ODD}</title>`
      expect(read(latin(page))).toBe(page)
      const old = `<meta http-equiv="Content-Type" content="text/html; charset=${label}">${ODD}`
      expect(read(latin(old))).toBe(old)
    },
  )

  it('each byte is decoded as in the table of the encoding', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at)
    const text = read(bytes, 'text/html; charset=windows-1252')
    expect(text).toHaveLength(256)
    for (const [letter, byte] of Object.entries(TABLES['windows-1252'] ?? {})) expect(text[byte]).toBe(letter)
    for (let at = 0xa0; at < 256; at++) expect(text.charCodeAt(at)).toBe(at)
  })
})

describe('which label counts', () => {
  const utf8 = (text: string) => new TextEncoder().encode(text)

  it('a byte order mark before all others', () => {
    const page = '<meta charset="windows-1252">Grüße'
    expect(read(utf8(`\ufeff${page}`), 'text/html; charset=iso-8859-1')).toBe(page)
    const wide = Buffer.from(`\ufeff${page}`, 'utf16le')
    expect(read(wide, 'text/html; charset=utf-8')).toBe(page)
    expect(read(Buffer.from(wide).swap16())).toBe(page)
  })

  it('the header before the page', () => {
    const page = '<meta charset="windows-1252">Grüße'
    expect(read(utf8(page), 'text/html; charset=UTF-8')).toBe(page)
    expect(read(utf8(page), 'text/html; charset="utf-8"; x=y')).toBe(page)
  })

  it('the page where the header has none, or one that does not exist', () => {
    const page = '<meta charset=windows-1251>Привет'
    for (const type of ['text/html', 'text/html; charset=none-such', 'text/html; charset='])
      expect(read(cyrillic(page), type)).toBe(page)
  })

  it('no label in a comment, none behind the first 1024 bytes, and no UTF-16 without its mark', () => {
    for (const start of ['<!-- <meta charset="windows-1251"> -->', `${' '.repeat(1024)}<meta charset="windows-1251">`])
      expect(read(utf8(`${start}Grüße`))).toBe(`${start}Grüße`)
    expect(read(utf8('<meta charset="utf-16">Grüße'))).toBe('<meta charset="utf-16">Grüße')
  })

  it('the declaration of XML in a feed; JSON is always UTF-8', () => {
    const feed = '<?xml version="1.0" encoding="ISO-8859-1"?><rss>Grüße – “x”</rss>'
    expect(read(latin(feed), 'application/rss+xml')).toBe(feed)
    expect(read(utf8('{"a":"Grüße"}'), 'application/json; charset=ISO-8859-1')).toBe('{"a":"Grüße"}')
  })
})

describe('pages without a label', () => {
  it('are UTF-8 if their bytes are', () => {
    expect(read(new TextEncoder().encode('<p>Grüße – “x” 日本</p>'))).toBe('<p>Grüße – “x” 日本</p>')
  })

  it('are guessed else, by the words and not by the markup', () => {
    const russian =
      '<div class="activity-inner"><p>Привет, друзья. Сегодня мы говорим о том, как сажать деревья в саду.</p></div>'
    expect(read(cyrillic(russian))).toBe(russian)
    const german = '<div><p>Die Gärtner grüßen – und säen früh, für die schönsten Blüten.</p></div>'
    expect(read(latin(german))).toBe(german)
  })

  it('a label that is wrong is followed, as browsers do', () => {
    expect(read(latin('Grüße'), 'text/html; charset=utf-8')).toBe('Gr\ufffd\ufffde')
  })
})

describe('the charset of a saved page, which has lost its header', () => {
  const saved = (body: Uint8Array) =>
    textOfCapture({ headers: { 'content-type': 'text/html' }, body, imported: { door: 'page', origin: 'a.html' } })
  const utf8 = (text: string) => Buffer.from(text)

  it('is UTF-8 if its letters are, whatever it names', () => {
    const page = '<meta charset="iso-8859-5"><p>Inês, Юлія und “Roo”</p>'
    expect(saved(utf8(page))).toBe(page)
    expect(read(utf8(page))).not.toBe(page)
  })

  it('is guessed if it names UTF-8 and most letters are not', () => {
    const page = '<meta charset="utf-8"><p>Bär, Käse, Größe, Öl und süße Äpfel für die Mädchen in der Höhle</p>'
    expect(saved(latin(page))).toBe(page)
  })

  it('is UTF-8 with a letter that is cut, as databases leave it', () => {
    const page = Buffer.concat([
      utf8('<meta charset="utf-8"><p>Größe, Öl, Äpfel, Bä'),
      Buffer.from([0xc3]),
      utf8('</p>'),
    ])
    expect(saved(page)).toContain('Größe, Öl, Äpfel')
  })

  it('is the one that it names, where nothing speaks against it', () => {
    expect(saved(latin('<meta charset="windows-1252"><p>Bär</p>'))).toContain('Bär')
  })
})
