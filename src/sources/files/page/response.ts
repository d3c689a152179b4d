import type { Capture } from '../../../model/capture.js'
import { bodyOf, headersOf, httpHead, statusOf } from '../warc/http-message.js'

type Response = Pick<Capture, 'status' | 'headers' | 'body'>

/** True for the header of a response, which `curl -i` and `wget --save-headers` write before the page. */
export const beginsWithHeader = (text: string): boolean => /^HTTP\/\d/.test(text)

/** Headers by which a response is read, and its time of rendering. */
const READ = new Set([
  'content-type',
  'date',
  'age',
  'last-modified',
  'link',
  'x-wp-total',
  'x-wp-totalpages',
  'x-cache',
])

/** The response in a file. Before the last header there may be those of redirects. Null: the body is not what its header says. */
export function responseIn(bytes: Uint8Array): Response | null {
  const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const head = httpHead(block)
  const rest = block.subarray(head.length)
  if (beginsWithHeader(rest.toString('latin1', 0, 10))) return responseIn(rest)
  const sent = Object.entries(headersOf(head)).flatMap(([name, [value = '']]) =>
    READ.has(name) ? [[name, value]] : [],
  )
  try {
    return { status: statusOf(head) ?? 200, headers: Object.fromEntries(sent), body: bodyOf(head, block) }
  } catch {
    return null
  }
}

/** The JSON in the page that a browser makes of it to show it; null: it is another page. */
export function jsonInPage(text: string): string | null {
  const pre =
    /^[\s\S]{0,4000}?<body[^>]{0,200}>\s*(?:<div[^>]{0,200}><\/div>\s*)?<pre[^>]{0,300}>\s*([[{][\s\S]*)<\/pre>/i.exec(
      text,
    )?.[1]
  return pre?.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => ENTITIES[name] ?? '') ?? null
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }
