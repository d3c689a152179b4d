import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { extensionOf, fileTypeOf, isInlineImage } from '../../../src/model/media/file-type.js'
import { processorTime } from '../../processor-time.js'

const bytes = (text: string) => Buffer.from(text, 'latin1')
const typeOf = (text: string) => fileTypeOf(bytes(text)).type

describe('what a file is by its content', () => {
  it.each([
    ['\xff\xd8\xff\xe0..JFIF', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['GIF89a<script>alert(1)</script>', 'image/gif'],
    ['RIFF....WEBPVP8 ', 'image/webp'],
    ['RIFF....WAVEfmt ', 'audio/wav'],
    ['....ftypavif', 'image/avif'],
    ['....ftypheic', 'image/heic'],
    ['....ftypisom', 'video/mp4'],
    ['....ftypqt  ', 'video/quicktime'],
    ['....ftypM4A ', 'audio/mp4'],
    [`\x1aE\xdf\xa3\x9fB\x82\x84webm`, 'video/webm'],
    ['OggS\0\x02.......OpusHead', 'audio/ogg'],
    ['ID3\x03\0', 'audio/mpeg'],
    ['%PDF-1.7\n', 'application/pdf'],
    ['PK\x03\x04........mimetypeapplication/epub+zip', 'application/epub+zip'],
    [
      `PK\x03\x04....[Content_Types].xml${'.'.repeat(900)}PK\x03\x04word/document.xml`,
      OFFICE('wordprocessingml.document'),
    ],
    [`PK\x03\x04...._rels/.rels....xl/workbook.xml`, OFFICE('spreadsheetml.sheet')],
    ['PK\x03\x04....readme.txt', 'application/zip'],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage'],
    ['{\\rtf1', 'application/rtf'],
    ['MZ\x90\0', 'application/octet-stream'],
    ['Dear all,\nsee you', 'text/plain'],
    ['\xef\xbb\xbfa;b\n', 'text/plain'],
    ['<?xml version="1.0"?><gpx/>', 'application/xml'],
    [
      '<?xml version="1.0"?>\n<!-- x --><!DOCTYPE svg PUBLIC "a" "b" [<!ENTITY x "y">]>\n<svg xmlns="">',
      'image/svg+xml',
    ],
    ['<svg onload="alert(1)">', 'image/svg+xml'],
    ['<s:svg xmlns:s="http://www.w3.org/2000/svg">', 'image/svg+xml'],
    ['\xff\xfe<\0s\0v\0g\0>\0', 'image/svg+xml'],
    ['<!-- a --> <!-- b -->\n<!DOCTYPE html>', 'text/html'],
    ['<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML">', 'text/html'],
    ['\n<html><svg>', 'text/html'],
    ['<script>', 'text/html'],
  ])('%j', (text, type) => {
    expect(typeOf(text)).toBe(type)
  })

  it('knows the real files that come with this package', () => {
    const database = readFileSync(join(import.meta.dirname, '../../../fixtures/archive/v5.db'))
    expect(fileTypeOf(database)).toMatchObject({ type: 'application/octet-stream', kind: 'document' })
    expect(fileTypeOf(readFileSync(join(import.meta.dirname, '../../../README.md'))).type).toBe('text/plain')
  })

  it('gives each type its extension again', () => {
    expect(['image/png', 'image/svg+xml', 'text/plain', 'application/pdf', 'x/y'].map(extensionOf)).toEqual([
      ...['png', 'svg', 'txt', 'pdf', 'bin'],
    ])
  })

  it('shows no SVG, document or page in a text', () => {
    const shown = ['image/svg+xml', 'text/html', 'application/pdf', 'image/png', 'image/tiff'].filter(isInlineImage)
    expect(shown).toEqual(['image/png'])
  })

  it.each([
    ['<!---->'.repeat(1170)],
    ['<?x?>'.repeat(1600)],
    [`<!doctype ${'['.repeat(8000)}`],
    [`PK\x03\x04${'_rels'.repeat(1600)}`],
  ])('in no time, whatever it is: %#', text => {
    // Of the processor: the clock also measures what runs beside it.
    const time = processorTime()
    typeOf(text)
    expect(time()).toBeLessThan(200)
  })
})

function OFFICE(kind: string): string {
  return `application/vnd.openxmlformats-officedocument.${kind}`
}
