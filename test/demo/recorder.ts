import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'undici'
import { main } from '../../src/cli/main.js'
import {
  FALLBACK_REQUEST,
  PACKS,
  type PackName,
  RECORDED_HOST,
  type RecordedResponse,
  requestLine,
} from '../../src/demo/replay.js'
import { withDoubles } from '../cli/doubles.js'
import { testIo } from '../cli/test-io.js'
import { DEMO, type SeenRequest, serveCommunity } from '../community/index.js'

/** Records what `threadkeep demo` asks the simulated community: the files of fixtures/demo by name. */
export async function recordedFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const pack of PACKS) {
    const index: RecordedResponse[] = []
    for (const { body, ...answer } of await answersOf(pack)) {
      const name = fileNameOf(pack, answer)
      if ((files.get(name) ?? body) !== body) throw new Error(`${name} would be the file of two answers.`)
      files.set(name, body)
      index.push({ ...answer, body: name })
    }
    files.set(`${pack}.json`, indented(index))
  }
  return files
}

/** Each request of the command is asked a second time, with the recorded host as the name of the site. */
async function answersOf(pack: PackName): Promise<RecordedResponse[]> {
  const server = await serveCommunity(DEMO, { pack })
  try {
    await demoOf(pack, server.url)
    const asked = new Map(server.requests.map(seen => [lineOf(seen), seen]))
    const answers = [...asked].map(([line, seen]) => recorded(line, server.url, seen.referer))
    return await Promise.all([...answers, recorded(FALLBACK_REQUEST, server.url, null)])
  } finally {
    await server.close()
  }
}

async function demoOf(pack: PackName, url: string): Promise<void> {
  const cwd = mkdtempSync(join(tmpdir(), 'threadkeep-'))
  const io = testIo({ cwd, now: Date.now })
  const serveDemo = async () => ({ url, close: async () => {} })
  const code = await withDoubles({ serveDemo }, () => main(['demo', '--pack', pack], io))
  rmSync(cwd, { recursive: true, force: true })
  if (code !== 0) throw new Error(`The demo ended with ${code}: ${io.stderr.text}`)
}

function lineOf({ method, path, query, form }: SeenRequest): string {
  const search = query.size > 0 ? `?${query}` : ''
  return requestLine(method, path + search, String(new URLSearchParams(form)))
}

async function recorded(line: string, url: string, referer: string | null): Promise<RecordedResponse> {
  const [method = 'GET', path = '/', fields] = line.split(' ')
  const from = referer?.replace(new URL(url).host, RECORDED_HOST)
  const { statusCode, headers, body } = await request(new URL(path, url), {
    method,
    headers: { host: RECORDED_HOST, ...(from && { referer: from }) },
    ...(fields && { body: fields }),
  })
  return { request: line, status: statusCode, headers: lasting(headers), body: readable(await body.text(), headers) }
}

/** Headers of the site; those of the connection are the replay's own. */
const lasting = (headers: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !/^(connection|keep-alive|content-length|vary)$/.test(name))
      .map(([name, value]) => [name, String(value)]),
  )

const isJson = (headers: Record<string, unknown>): boolean => /json/.test(String(headers['content-type']))
const readable = (text: string, headers: Record<string, unknown>): string =>
  isJson(headers) ? indented(JSON.parse(text)) : text

const indented = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** `nouveau/swap-shelf.html`; what REST answers is the same with all packs: `rest/activity-1.json`. */
function fileNameOf(pack: PackName, { request, headers }: Omit<RecordedResponse, 'body'>): string {
  const { pathname, searchParams } = new URL(request.split(' ')[1] ?? '/', 'http://localhost')
  const last = pathname.split('/').findLast(part => part !== '') ?? 'front'
  const ids = [searchParams.get('group_id'), searchParams.get('include')].filter(id => id !== null)
  const ending = isJson(headers) ? 'json' : /plain/.test(headers['content-type'] ?? '') ? 'txt' : 'html'
  const folder = pathname.startsWith('/wp-json/') ? 'rest' : pack
  return `${folder}/${[last.replace(/\.\w+$/, ''), ...ids].join('-')}.${ending}`
}
