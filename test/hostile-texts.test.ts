import { describe, expect, it } from 'vitest'
import { bareWords, sameStart } from '../src/archive/text/content-hash.js'
import { terminalLines } from '../src/cli/text/terminal-text.js'
import { textParagraphs } from '../src/export/body/body-tree.js'
import { prose } from '../src/export/digest/prose.js'
import { safeComponent } from '../src/export/names.js'
import { withoutForumPage } from '../src/model/forum/posts.js'
import { lettersOf } from '../src/model/markup/letters.js'
import { originalImage, uploadOnCdn, wrappedLink } from '../src/model/markup/original-url.js'
import { withEllipsis } from '../src/model/markup/white-space.js'
import { losesText } from '../src/parse/items/checks.js'
import { noncesIn, withoutNonces } from '../src/sources/site/secrets.js'

const many = (text: string) => text.repeat(300_000)
const bytes = (text: string) => new TextEncoder().encode(text)

/** What a member may write, or a site may send. A pattern that takes quadratic time for it takes minutes here; a linear one, milliseconds. */
const TEXTS: Record<string, () => unknown> = {
  'names of tables of nonces': () => [withoutNonces(bytes(many('"nonces":{'))), noncesIn(bytes(many('"nonces":{')))],
  'openings of shortcodes': () => bareWords(many('[a ')),
  'dots, in a text that is compared': () => sameStart(`${many('.')}x`, 'y'),
  'dots, in a text that is shortened': () => withEllipsis(`${many('.')}x`),
  'dots, in a name of a file': () => safeComponent(`x${many('.')}y`),
  'dots, in an address': () => prose(`https://x.example/${many('.')}y`),
  'line separators': () => lettersOf(`${many('\u2028')}x`),
  'joiners between two letters': () => terminalLines(`é${many('\u200d')}é`),
  'spaces within a line': () => textParagraphs(`x${many(' ')}y`),
  'beginnings of comments': () => losesText({ html: many('<!--'), text: '' }),
  'a long host': () => uploadOnCdn(`https://${many('a')}`),
  'a host of many dots': () => originalImage(`https://i0.wp.com/${many('a.')}`),
  'ampersands in the address of a picture': () => originalImage(`https://i0.wp.com/a.example/${many('&')}#`),
  'question marks in an address': () => wrappedLink(`https://x.example/${many('?')}`),
  'folders called forum': () => withoutForumPage(many('/forum')),
}

describe('a long text takes time in proportion to its length', () => {
  it.each(Object.entries(TEXTS))('%s', (_, read) => {
    expect(read).not.toThrow()
  })
})
