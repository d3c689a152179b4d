import { readFileSync } from 'node:fs'

/** The template pack of BuddyPress that the recorded site uses. */
export type PackName = 'nouveau' | 'legacy'
export const PACKS: readonly PackName[] = ['nouveau', 'legacy']

/** The host in all recorded URLs; a replay replaces it by its own host. */
export const RECORDED_HOST = 'demo.example'

/** The request whose response is sent to every request without a recorded response. */
export const FALLBACK_REQUEST = 'GET /nowhere/'

/** One entry of `fixtures/demo/PACK.json`. */
export interface RecordedResponse {
  /** As `requestLine` writes it. */
  request: string
  status: number
  headers: Record<string, string>
  /** The name of the body's file in `fixtures/demo`. */
  body: string
}

/** A response as the site sent it, with its body. */
export type DemoResponse = Omit<RecordedResponse, 'request'>

/** `GET /groups/?page=2`, or `POST /path FIELDS`: requests with the same line get the same response. */
export const requestLine = (method: string, path: string, fields: string): string =>
  `${method} ${path} ${fields}`.trimEnd()

const FOLDER = new URL('../../fixtures/demo/', import.meta.url)
const fileOf = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8')

/** The responses of the recorded site by request line. */
export function recordedResponses(pack: PackName): Map<string, DemoResponse> {
  const recorded: RecordedResponse[] = JSON.parse(fileOf(`${pack}.json`))
  return new Map(recorded.map(({ request, ...answer }) => [request, { ...answer, body: bodyIn(answer.body) }]))
}

/** The files hold indented JSON, which is readable; PHP, and so the site, writes it with escaped slashes and non-ASCII characters. */
const bodyIn = (name: string): string => (name.endsWith('.json') ? phpJson(fileOf(name)) : fileOf(name))

const phpJson = (text: string): string =>
  JSON.stringify(JSON.parse(text))
    .replaceAll('/', '\\/')
    .replace(/[\u007f-\uffff]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
