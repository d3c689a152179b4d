import { describe, expect, it } from 'vitest'
import { readMail } from '../../../src/sources/files/mhtml/multipart.js'

const mail = (boundary: string, parts: string[], end = `--${boundary}--\r\n`) =>
  `Date: Tue, 10 Mar 2026 13:00:00 GMT\r\nContent-Type: multipart/related;\r\n\tboundary="${boundary}"\r\n\r\npreamble\r\n${parts
    .map(part => `--${boundary}\r\n${part}\r\n`)
    .join('')}${end}`

const HTML = 'Content-Type: text/html; charset=utf-8\r\n\r\n<p>Bees</p>'
const textsOf = (text: string) => readMail(text).parts.map(({ body }) => Buffer.from(body).toString())

describe('the parts of a mail', () => {
  it('are what is between the boundaries, without the line end before each', () => {
    const read = readMail(mail('b', [HTML, 'Content-Type: text/css\r\n\r\np {}']))
    expect(read.fault).toBe(null)
    expect(read.headers['date']).toBe('Tue, 10 Mar 2026 13:00:00 GMT')
    expect(read.parts.map(({ type }) => type)).toEqual(['text/html', 'text/css'])
    expect(textsOf(mail('b', [HTML]))).toEqual(['<p>Bees</p>'])
  })

  it('are the same with the line ends of Unix, and with both', () => {
    const text = mail('b', [HTML, HTML])
    expect(textsOf(text.replaceAll('\r\n', '\n'))).toEqual(['<p>Bees</p>', '<p>Bees</p>'])
    expect(textsOf(text.replace('\r\n--b\r\n', '\n--b\n'))).toEqual(['<p>Bees</p>', '<p>Bees</p>'])
  })

  it('are also those of a part that has parts', () => {
    const inner = mail('inner', [HTML]).replace(/^Date.*\r\n/, '')
    expect(textsOf(mail('outer', [inner, HTML]))).toEqual(['<p>Bees</p>', '<p>Bees</p>'])
  })

  it.each([
    ['quoted-printable', '<p>B=C3=A4=\r\nr = =\r\n5</p>', '<p>Bär = 5</p>'],
    ['quoted-printable', 'a=3D=3D3D', 'a==3D'],
    ['base64', 'PHA+QsOkcjwv\r\ncD4=', '<p>Bär</p>'],
    ['8bit', Buffer.from('<p>Bär</p>').toString('latin1'), '<p>Bär</p>'],
    ['unheard-of', '<p>Bees</p>', '<p>Bees</p>'],
  ])('are decoded: %s', (encoding, written, text) => {
    const part = `Content-Type: text/html\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${written}`
    expect(textsOf(mail('b', [part]))).toEqual([text])
  })

  it('have boundaries with any characters', () => {
    expect(textsOf(mail('--=_(a+b)*.?[x]', [HTML]))).toEqual(['<p>Bees</p>'])
  })
})

describe('a damaged mail', () => {
  it('that ends too early says so, and keeps what is there', () => {
    const text = mail('b', [HTML, HTML], '')
    const read = readMail(text.slice(0, text.length - 8))
    expect(read.fault).toBe('it ends in the middle')
    expect(read.parts).toHaveLength(2)
    expect(read.parts[1]?.isCut).toBe(true)
  })

  it.each([
    ['names another boundary', mail('b', [HTML]).replace('boundary="b"', 'boundary="c"'), 1],
    ['names no boundary', mail('b', [HTML]).replace(/;\r\n\tboundary="b"/, ''), 1],
    ['has none', 'Content-Type: multipart/related; boundary=b\r\n\r\nwords', 0],
  ])('that %s says so', (_name, text, parts) => {
    const read = readMail(text)
    expect(read.fault).toMatch(/boundary/)
    expect(read.parts).toHaveLength(parts)
  })

  it('with parts within parts without end is not followed for ever', () => {
    const deep = `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n`.repeat(5000)
    expect(readMail(deep).fault).toMatch(/deeply|ends/)
  })
})
