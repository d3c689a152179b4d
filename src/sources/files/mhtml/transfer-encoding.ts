/** The bytes of a part, decoded by its `Content-Transfer-Encoding`. `text` has one character for each byte. */
export function decodedBody(text: string, encoding = '7bit'): Uint8Array {
  switch (encoding.toLowerCase()) {
    case 'quoted-printable':
      return Buffer.from(unquoted(text), 'latin1')
    case 'base64':
      return Buffer.from(text, 'base64')
    default:
      return Buffer.from(text, 'latin1')
  }
}

/** `=` at the end of a line continues it; `=3D` is a byte; any other `=` was not quoted and stays. */
const unquoted = (text: string): string =>
  text
    .replace(/=[ \t]{0,8}\r?\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
