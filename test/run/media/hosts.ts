import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openArchive } from '../../../src/archive/index.js'
import type { Attachment } from '../../../src/model/discussion.js'
import { MEDIA_KINDS } from '../../../src/model/media/media.js'
import { fetchMedia, type MediaFetch } from '../../../src/run/run.js'
import { ENV, member, page, post, SITE, shelf } from '../../archive/shelf.js'
import { afterTest } from '../../cleanup.js'
import { OPTIONS, SILENT, testClock } from '../outside.js'

/** The shelf's site, which is http here: a proxy on loopback answers for every host. */
export const HOST = SITE.replace('https:', 'http:')

interface SeenFile {
  url: string
  headers: IncomingMessage['headers']
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** A proxy that has an answer for some addresses of any host, and 404 for the others. */
export async function hosts(answers: Record<string, Answer>) {
  const seen: SeenFile[] = []
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    seen.push({ url, headers: request.headers })
    const answer = answers[url]
    if (answer) answer(response, request)
    else response.writeHead(404, { 'content-type': 'text/plain' }).end(url.endsWith('robots.txt') ? '' : 'none')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  afterTest(() => void server.close(() => {}).closeAllConnections())
  const files = () => seen.filter(({ url }) => !url.endsWith('/robots.txt'))
  return { proxy: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, files }
}

/** An answer with the status 200. */
export const file =
  (body: string | Uint8Array, headers: Record<string, string> = {}): Answer =>
  response =>
    void response.writeHead(200, { 'content-type': 'image/png', ...headers }).end(body)

export const redirect =
  (location: string, status = 302): Answer =>
  response =>
    void response.writeHead(status, { location }).end()

export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  response =>
    void response.writeHead(code, headers).end('no')

/** A picture, made different by the words behind it. */
export const png = (words = ''): Buffer => Buffer.from(`\x89PNG\r\n\x1a\n${words}`, 'latin1')

export const attached = (url: string, kind: Attachment['kind'] = 'image'): Attachment => ({ kind, url, name: null })

/** An archive whose posts, 1, 2, …, show these files. Returns its path. */
export function archiveShowing(...shown: (string | Attachment)[]): string {
  const one = shelf()
  const posts = shown.map((url, at) =>
    post(String(at + 1), null, {
      author: member('ada', { id: '2', url: `${HOST}members/ada/`, avatarUrl: `${HOST}avatars/ada.png` }),
      url: `${HOST}activity/p/${at + 1}/`,
      attachments: [typeof url === 'string' ? attached(url) : url],
    }),
  )
  one.save(page(posts, { url: `${HOST}groups/gardeners/`, site: { url: HOST, name: 'Town' } }))
  one.close()
  return one.file
}

export interface Fetching extends Partial<Omit<MediaFetch, 'limits'>> {
  limits?: Partial<MediaFetch['limits']>
  options?: Partial<typeof OPTIONS>
  clock?: ReturnType<typeof testClock>
}

const LIMITS = { maxBytes: 1_000_000, totalBytes: null, kinds: MEDIA_KINDS, avatars: false }

/** `media fetch` through the proxy. */
export async function fetching(path: string, proxy: string, how: Fetching = {}) {
  const archive = openArchive(path, 'write', ENV)
  const { limits, options, clock = testClock(), ...request } = how
  try {
    const report = await fetchMedia(
      { targets: null, again: false, ownPace: true, ...request, limits: { ...LIMITS, ...limits } },
      { ...OPTIONS, retries: 1, proxy, ...options },
      {
        ...{ archive, reporter: SILENT, clock, command: 'media fetch', version: '0' },
        signal: new AbortController().signal,
      },
    )
    return { report, items: [...archive.media.items()], folder: archive.media.folder }
  } finally {
    archive.close()
  }
}
