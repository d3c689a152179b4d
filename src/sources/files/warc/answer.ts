import { type Capture, type FetchRequest, MAX_BODY_BYTES } from '../../../model/capture.js'
import type { PassedKind } from '../../../model/imports.js'
import { errorMessage } from '../../../model/thrown.js'
import { resolveUrl, withoutSecrets } from '../../../model/urls.js'
import { incompleteReason } from '../../site/retry.js'
import { storedHeaders, withoutNonces } from '../../site/secrets.js'
import type { CaptureTime } from './capture-time.js'
import { bodyOf, type HttpHead, headersOf, httpHead, statusOf } from './http-message.js'
import { type LoaderRequest, requestInUrl } from './loader-request.js'
import { hasContent, isPage, mayBePage } from './page-kind.js'
import { kindOfAnswer } from './passed-over.js'
import { type Fields, field, provenBlock, type WarcRecord } from './record.js'

/** What a record says that may be the answer to a request for a page, but for its body. */
export interface Answer {
  fields: Fields
  /** Without nonces, and without what a recorder added. */
  url: string
  /** The loader's request, if the URL itself says it. */
  asked: LoaderRequest | null
  head: HttpHead
  /** Null: a `revisit` record without a header. */
  status: number | null
  /** Its body is that of another record. */
  isRevisit: boolean
}

/** A clause about a record that should give a capture, and does not. */
interface Refusal {
  why: string
}

const LONGEST_HEAD = 65_536
/** Some bytes more for the header of HTTP. */
const LONGEST_BLOCK = MAX_BODY_BYTES + LONGEST_HEAD

/** What the record is instead, if it is no page, as its type, address or status shows. */
export async function answerOf(record: WarcRecord): Promise<Answer | PassedKind> {
  const { fields } = record
  const address = addressOf(fields)
  if (address === null) return 'other'
  const inUrl = requestInUrl(address)
  const url = withoutSecrets(inUrl?.url ?? address)
  const isRevisit = typeOf(fields) === 'revisit'
  const head = await headOf(record, isRevisit)
  const status = statusOf(head)
  const type = field(head.fields, 'content-type') ?? ''
  if (
    isRevisit
      ? head.length > 0 && !mayBePage(type, url)
      : !mayBePage(type, url) || status === null || !hasContent(status)
  )
    return kindOfAnswer(head)
  return { fields, url, asked: inUrl && { form: inUrl.form }, head, status, isRevisit }
}

export const typeOf = (fields: Fields): string => (field(fields, 'warc-type') ?? '').toLowerCase()

/** Old versions of wget put the address between angle brackets. */
export function addressOf(fields: Fields): string | null {
  const address = field(fields, 'warc-target-uri')?.replace(/^<(.*)>$/, '$1')
  return address && /^https?:/i.test(address) ? resolveUrl(address, address) : null
}

/** The header of HTTP; of a `resource` or `conversion`, whose block is the body itself, one of its type. */
async function headOf(record: WarcRecord, isRevisit: boolean): Promise<HttpHead> {
  const head = httpHead(await record.start(LONGEST_HEAD))
  if (statusOf(head) !== null) return head
  const isBare = ['resource', 'conversion'].includes(typeOf(record.fields))
  const type = field(record.fields, 'content-type') ?? ''
  if (isRevisit) return { firstLine: '', fields: new Map(), length: 0 }
  return { firstLine: isBare ? 'HTTP/1.1 200 OK' : '', fields: new Map([['content-type', [type]]]), length: 0 }
}

/** The answer whose body another one has, and its record; of most answers, the answer itself. */
export interface Original {
  answer: Answer
  record: WarcRecord
}

/** The capture of an answer; null: it is no page after all. */
export async function captureOf(
  answer: Answer,
  asked: LoaderRequest | null,
  original: Original,
  time: CaptureTime,
): Promise<Capture | Refusal | null> {
  if (original.record.size > LONGEST_BLOCK) return { why: `it is larger than ${MAX_BODY_BYTES / 1024 / 1024} MB` }
  const block = await original.record.block()
  if (provenBlock(original.record.fields, block) === false) return { why: 'it does not fit its digest' }
  const body = decodedBody(original.answer.head, block)
  if ('why' in body) return body
  const shown = answer.head.length > 0 && !isNotModified(answer) ? answer : original.answer
  const headers = storedHeaders(headersOf(shown.head))
  // What was rendered is as old as the record that holds it.
  if (isNotModified(answer)) headers['date'] ??= field(original.record.fields, 'warc-date') ?? ''
  if (!isPage(headers['content-type'] ?? '', answer.url, body)) return null
  const request: FetchRequest = { url: answer.url, ...(asked?.form ? { ...asked, form: asked.form } : {}) }
  const response = { url: answer.url, status: shown.status ?? 200, headers, body: withoutNonces(body) }
  const capture: Capture = { request, ...response, ...time }
  const why = incompleteReason({ ...capture, isWhole: isWhole(original.answer, block) })
  return why === null ? capture : { why }
}

/** The site had said that the page was as before (304): the header is that of this message, and not of the page. */
const isNotModified = ({ fields, status }: Answer): boolean =>
  status === 304 || /server-not-modified/i.test(field(fields, 'warc-profile') ?? '')

function decodedBody(head: HttpHead, block: Buffer): Uint8Array | Refusal {
  try {
    return bodyOf(head, block)
  } catch (error) {
    return { why: `its body can't be decoded (${errorMessage(error)})` }
  }
}

/** Recorders that decode a body keep its original length, so that a shorter one says nothing. */
function isWhole({ fields, head }: Answer, block: Buffer): boolean {
  const length = Number(field(head.fields, 'content-length') ?? 0)
  const isShort = block.length - head.length < length && !head.fields.has('content-encoding')
  return !fields.has('warc-truncated') && !isShort
}
