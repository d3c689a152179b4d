import { createHash } from 'node:crypto'
import type { KeptCapture } from '../../model/archive.js'
import type { Chunk, Exporter, ExportFile } from '../exporter.js'
import { zipped } from '../zip-stream.js'
import { type IndexEntry, WarcWriter } from './captures.js'
import { cdxjLine } from './cdxj.js'
import { digestOf, sha256 } from './record.js'

/** The captures as a WACZ file: the WARC file with indexes, for ReplayWeb.page and pywb. */
export const wacz: Exporter = {
  name: 'wacz',
  summary: 'the same with indexes, to be shown by ReplayWeb.page or pywb',
  extension: 'wacz',
  scope: 'archive',
  delivery: 'file',
  content: 'captures',
  render: (_, { captures }) => zipped(filesOf(captures()), { compress: false }),
}

const WARC = 'data.warc.gz'

/** A file of the package, as `datapackage.json` lists it. */
interface Resource {
  name: string
  path: string
  hash: string
  bytes: number
}

/** The files of specs.webrecorder.net/wacz/1.1.1, in an order in which each is known when it is written. pywb wants the index under this name. */
function* filesOf(captures: Iterable<KeptCapture>): Generator<ExportFile> {
  const indexes = new Indexes()
  const resources: Resource[] = []
  const warc = new WarcWriter(entry => indexes.add(entry))
  const listed = (path: string, body: () => Iterable<Chunk>) => ({ name: path, body: listing(path, body, resources) })
  yield listed(`archive/${WARC}`, () => warc.members(captures))
  // All keys are ASCII, so that this is the order of their bytes.
  yield listed('indexes/index.cdx', () => indexes.lines.sort())
  yield listed('pages/pages.jsonl', () => [PAGES, ...indexes.pages.values()])
  const fixed = { profile: 'data-package', wacz_version: '1.1.1', software: 'threadkeep' }
  const dataPackage = () => json({ ...fixed, created: indexes.newest, resources })
  yield { name: 'datapackage.json', body: lazily(() => [dataPackage()]) }
  const digest = () => json({ path: 'datapackage.json', hash: digestOf(dataPackage()) })
  yield { name: 'datapackage-digest.json', body: lazily(() => [digest()]) }
}

const PAGES = `${JSON.stringify({ format: 'json-pages-1.0', id: 'pages', title: 'All Pages' })}\n`

/** What the package says of its captures: some hundred bytes of each. */
class Indexes {
  readonly lines: string[] = []
  /** Lines by address. */
  readonly pages = new Map<string, string>()
  /** Date of the package, because the same archive gives the same bytes. */
  newest = '2000-01-01T00:00:00Z'

  add(entry: IndexEntry): void {
    const { url, capturedAt: ts } = entry.capture
    this.lines.push(cdxjLine(entry, WARC))
    this.newest = ts
    if (!isPage(entry) || this.pages.has(url)) return
    this.pages.set(url, `${JSON.stringify({ id: sha256(url).slice(0, 16), url, ts })}\n`)
  }
}

/** Pages that a person may begin at: no answers of AJAX and REST. */
const isPage = ({ capture: { headers, request, status }, isRevisit }: IndexEntry): boolean =>
  !isRevisit &&
  !request.form &&
  status === 200 &&
  /^(?:text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '')

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** A body that is not made before it is walked. */
function* lazily(body: () => Iterable<Chunk>): Generator<Chunk> {
  yield* body()
}

/** The body; behind it, the file is listed. */
function* listing(path: string, body: () => Iterable<Chunk>, resources: Resource[]): Generator<Chunk> {
  const hash = createHash('sha256')
  let bytes = 0
  for (const chunk of body()) {
    hash.update(chunk)
    bytes += Buffer.byteLength(chunk)
    yield chunk
  }
  resources.push({ name: path.slice(path.lastIndexOf('/') + 1), path, hash: `sha256:${hash.digest('hex')}`, bytes })
}
