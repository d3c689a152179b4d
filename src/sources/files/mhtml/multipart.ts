/** One part of a mail that is no multipart itself, decoded. */
export interface Part {
  /** Names in lower case, values unfolded. */
  headers: Record<string, string>
  /** Media type in lower case, without parameters. */
  type: string
  body: Uint8Array
  /** Set if the file ends before the boundary that closes the part. */
  isCut?: true
}

/** A mail: its own headers, its parts in order, also those of multiparts within it, and what is wrong with it, as a clause. */
export interface Mail {
  headers: Record<string, string>
  parts: Part[]
  fault: string | null
}

/** Deeper nesting than any program writes. */
const MAX_DEPTH = 10

/** Headers and body of a mail or part. `text` has one character for each byte. */
export function readMail(text: string): Mail {
  const [headers, body] = splitHead(text)
  const parts: Part[] = []
  const fault = partsIn(headers, body, parts, 0)
  return { headers, parts, fault }
}

/** Header lines up to the empty one; a line that begins with white space continues the one before. A loop, because a pattern overflows the stack. */
function splitHead(text: string): [Record<string, string>, string] {
  const headers: Record<string, string> = {}
  const line = /(?:[\w-]{1,100}:|[ \t])[^\n]*\n/y
  line.lastIndex = /^\s{0,100}/.exec(text)?.[0].length ?? 0
  let at = line.lastIndex
  let name = ''
  for (let found = line.exec(text); found; found = line.exec(text)) {
    at = line.lastIndex
    const [, own, value = ''] = /^([\w-]+):(.*)/s.exec(found[0]) ?? [null, null, found[0]]
    if (own) name = own.toLowerCase()
    headers[name] = `${own ? '' : (headers[name] ?? '')} ${value.trim()}`.trim()
  }
  return [headers, text.slice(at).replace(/^\r?\n/, '')]
}

/** Adds the parts of a body. Returns what is wrong, or null. */
function partsIn(
  headers: Record<string, string>,
  body: string,
  parts: Part[],
  depth: number,
  isCut = false,
): string | null {
  const type = (headers['content-type'] ?? 'text/plain').split(';')[0]?.trim().toLowerCase() ?? ''
  if (!type.startsWith('multipart/')) {
    const decoded = decodedBody(body, headers['content-transfer-encoding'])
    parts.push({ headers, type, body: decoded, ...(isCut && { isCut }) })
    return null
  }
  if (depth === MAX_DEPTH) return 'its parts are nested too deeply'
  const named = parameter(headers['content-type'] ?? '', 'boundary')
  // Some programs lose the boundary from the header: then the first line that looks like one is it.
  const boundary = named !== null && hasBoundary(body, named) ? named : /^--([^\r\n]*\S)[ \t]*$/m.exec(body)?.[1]
  if (boundary === undefined)
    return named === null ? 'it names no boundary' : `its boundary "${named}" is nowhere in it`
  const { pieces, isClosed } = split(body, boundary)
  let fault = boundary === named ? null : 'its boundary is not the one that it names'
  for (const [at, piece] of pieces.entries()) {
    const [partHeaders, content] = splitHead(piece)
    fault = partsIn(partHeaders, content, parts, depth + 1, !isClosed && at === pieces.length - 1) ?? fault
  }
  return isClosed ? fault : 'it ends in the middle'
}

/** A parameter of a header: `boundary="----=_NextPart"`. */
export function parameter(header: string, name: string): string | null {
  const [, quoted, plain] = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(header) ?? []
  return quoted ?? plain ?? null
}

const hasBoundary = (body: string, boundary: string): boolean => body.includes(`--${boundary}`)

/** What is between the boundaries, which are lines of their own. What comes before the first is no part. */
function split(body: string, boundary: string): { pieces: string[]; isClosed: boolean } {
  const mark = boundary.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const lines = [...body.matchAll(new RegExp(`(?:^|\\r?\\n)--${mark}(--)?[ \\t]*(?:\\r?\\n|$)`, 'g'))]
  const pieces: string[] = []
  for (const [at, line] of lines.entries()) {
    if (line[1]) return { pieces, isClosed: true }
    // The end of one boundary line may be the beginning of the next.
    pieces.push(body.slice(line.index + line[0].length, lines[at + 1]?.index ?? body.length))
  }
  return { pieces, isClosed: false }
}

/** The bytes of a part, decoded by its `Content-Transfer-Encoding`. `text` has one character for each byte. */
function decodedBody(text: string, encoding = '7bit'): Uint8Array {
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
