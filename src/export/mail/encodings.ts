/** A text in a content transfer encoding of MIME. Lines end with a line feed, as in files of mail. */
interface EncodedText {
  encoding: 'quoted-printable' | 'base64'
  body: string
}

/** In the encoding that is shorter: quoted-printable can be read and searched by people, but triples each byte outside ASCII. */
export function encodedText(text: string): EncodedText {
  const bytesBeyondAscii = Buffer.byteLength(text) - text.length
  return bytesBeyondAscii * 10 > text.length
    ? { encoding: 'base64', body: base64(text) }
    : { encoding: 'quoted-printable', body: quotedPrintable(text) }
}

/** RFC 2045, 6.8: lines of 76 characters. Line ends inside are CRLF, because nothing converts them on the way. */
const base64 = (text: string): string =>
  Buffer.from(text.replaceAll('\n', '\r\n'))
    .toString('base64')
    .replace(/.{76}(?=.)/g, '$&\n')

/** RFC 2045, 6.7. No line begins with `From ` or `>From `: readers of mbox would split the file there, or take the `>` away. */
const quotedPrintable = (text: string): string => text.split('\n').map(encodedLine).join('\n')

const encodedLine = (line: string): string =>
  broken(line.replace(UNSAFE, escaped))
    .map(piece => piece.replace(/^(?=>*From )./, escaped))
    .join('=\n')

/** Characters that stand for themselves are those of ASCII but `=`, controls, and white space at the end of a line. */
const UNSAFE = /[^\t\x20-\x3c\x3e-\x7e]|[\t ]$/gu

const escaped = (character: string): string =>
  [...Buffer.from(character)].map(byte => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')

/** A line may have 76 characters, with the `=` at its end and the two more of an escaped first character. */
const MAX_PIECE = 73

/** Pieces of a line, none of which ends within an escape. */
function broken(line: string): string[] {
  const pieces: string[] = []
  let start = 0
  while (line.length - start > MAX_PIECE) {
    const piece = line.slice(start, start + MAX_PIECE)
    // Looked for in the piece: in a line without any, each search would go back to its beginning.
    const last = piece.lastIndexOf('=')
    const end = last > MAX_PIECE - 3 ? last : MAX_PIECE
    pieces.push(piece.slice(0, end))
    start += end
  }
  return [...pieces, line.slice(start)]
}
