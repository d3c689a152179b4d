import { describe, expect, it } from 'vitest'
import { copyName, uploadedName } from '../../../src/model/media/file-name.js'

const SHA = 'abcdef0123456789'.repeat(4)
const named = (name: string | null, type = 'image/png') => copyName({ name, sha256: SHA, type })

describe('the name of an uploaded file', () => {
  it.each([
    ['http://a.example/x/plan%20b.pdf?ver=2', undefined, 'plan b.pdf'],
    ['http://a.example/x/', undefined, null],
    ['http://a.example/%2e%2e%2f%2e%2e%2fetc%2fpasswd', undefined, 'passwd'],
    ['http://a.example/..%5C..%5Cboot.ini', undefined, 'boot.ini'],
    ['http://a.example/%', undefined, '%'],
    ['http://a.example/a%00b%0D%0A.png', undefined, 'ab.png'],
    ['http://a.example/a%E2%80%AEgnp.exe', undefined, 'agnp.exe'],
    ['http://a.example/d', 'attachment; filename="../../x \\"y\\".pdf"', 'x "y".pdf'],
    ['http://a.example/d', "attachment; filename=a.pdf; filename*=UTF-8''%D0%BF%D0%BB%D0%B0%D0%BD.pdf", 'план.pdf'],
    ['http://a.example/d.png', 'inline', 'd.png'],
    ['http://a.example/d.png', 'attachment; filename=".."', 'd.png'],
  ])('of %s', (url, disposition, name) => {
    expect(uploadedName(url, disposition)).toBe(name)
  })

  it('has at most 255 bytes, and no half character', () => {
    const name = uploadedName(`http://a.example/${encodeURIComponent('ж'.repeat(300))}.png`, undefined) ?? ''
    expect([Buffer.byteLength(name), /^ж+$/.test(name)]).toEqual([254, true])
  })
})

describe('the name of a copy', () => {
  it.each([
    ['IMG 2041.JPG', 'image/jpeg', 'img-2041-abcdef01.jpg'],
    ['IMG.jpg', 'image/png', 'img-abcdef01.png'],
    [null, 'image/png', 'abcdef01.png'],
    ['CON', 'image/png', 'con-abcdef01.png'],
    ['aux.txt.png', 'image/png', 'aux-txt-abcdef01.png'],
    ['a<script>&"\'.png', 'image/png', 'a-script-abcdef01.png'],
    ['-rf *.png', 'image/png', 'rf-abcdef01.png'],
    ['Übersicht.docx', 'application/zip', 'ubersicht-abcdef01.docx'],
    ['run.exe', 'application/octet-stream', 'run-abcdef01.bin'],
    ['page.html', 'text/plain', 'page-abcdef01.txt'],
    ['план.csv', 'text/plain', 'план-abcdef01.csv'],
  ])('of %s', (name, type, expected) => {
    expect(named(name, type)).toBe(expected)
  })

  it.each([['x'.repeat(300)], ['ж'.repeat(300)], [`${'é'.normalize('NFD').repeat(200)}.png`]])('is short: %s', name => {
    expect(Buffer.byteLength(named(name))).toBeLessThanOrEqual(85)
  })
})
