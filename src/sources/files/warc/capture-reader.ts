import { type Capture, MAX_BODY_BYTES } from '../../../model/capture.js'
import type { Instant } from '../../../model/discussion.js'
import type { Passed, Unread } from '../door.js'
import { type Answer, addressOf, answerOf, captureOf, type Original, typeOf } from './answer.js'
import { captureTime } from './capture-time.js'
import { Exchanges } from './exchanges.js'
import { isAjaxUrl, type LoaderRequest, loaderRequest } from './loader-request.js'
import { lostPart, refusedRecord, type WarcFile, withoutOriginal, withoutRequest } from './messages.js'
import { isOfCrawler, kindOfAnswer, PassedOver } from './passed-over.js'
import { type FilePlace, PlaceIndex } from './place-index.js'
import { type Fields, field, isLost, type WarcRecord } from './record.js'
import { readRecords } from './records.js'
import { byPlace, isNear, SecondLook } from './second-look.js'

/** What is read when all records are known: an answer far inside a gzip member, or one whose body is that of another record. */
interface Later {
  own: FilePlace
  /** Set: the answer. Null: it must be read again itself. */
  answer: Answer | null
  asked: LoaderRequest | null
}

type Found = AsyncGenerator<Capture | Unread | Passed>

/** Reads the captures of WARC files that belong together. */
export class CaptureReader {
  private readonly index = new PlaceIndex()
  private readonly exchanges = new Exchanges()
  private readonly secondLook: SecondLook
  private readonly later: Later[] = []
  private readonly passed = new PassedOver()
  private records = 0

  /** `modifiedAt`: date of the file, for records without a date. */
  constructor(
    private readonly files: readonly WarcFile[],
    private readonly modifiedAt: Instant,
  ) {
    this.secondLook = new SecondLook(files.map(({ bytes }) => bytes))
  }

  /** Captures, and what should give one but cannot be read. Ends after the current record once the signal is aborted. */
  async *captures(signal: AbortSignal): Found {
    for (const file of this.files.keys()) yield* this.inFile(file, signal)
    this.later.sort((a, b) => byPlace(this.bodyOf(a) ?? a.own, this.bodyOf(b) ?? b.own))
    for (const one of this.later) if (!signal.aborted) yield* this.late(one)
    const passed = this.passed.counts()
    if (passed) yield { passed }
  }

  /** Number of records that were read. */
  get count(): number {
    return this.records
  }

  private async *inFile(number: number, signal: AbortSignal): Found {
    const file = this.files[number] as WarcFile
    for await (const found of readRecords(file.bytes)) {
      if (signal.aborted) return
      this.records++
      if (isLost(found)) yield lostPart(file, found)
      else yield* this.read(found, { file: number, ...found.place })
    }
    const waiting = this.exchanges.end()
    if (waiting.length > 0) yield withoutRequest(file, waiting)
  }

  private async *read(record: WarcRecord, place: FilePlace): Found {
    const type = typeOf(record.fields)
    if (type === 'request') yield* this.request(record)
    if (isOfCrawler(type, record.fields)) return this.passed.add('crawl')
    const answer = await answerOf(record)
    if (typeof answer === 'string') return this.passed.add(answer)
    if (!answer.isRevisit) this.index.add(namesOf(record.fields), place)
    if (isAjaxUrl(answer.url)) yield* this.loaderAnswer(answer, record, place)
    else yield* this.answer(answer, null, record, place)
  }

  private async *request({ fields, size, block }: WarcRecord): Found {
    const url = addressOf(fields)
    if (url === null || !isAjaxUrl(url) || size > MAX_BODY_BYTES) return
    const request = await loaderRequest(await block(), url)
    const own = this.exchanges.answerTo(fields, this.records, request)
    if (own && request.form) yield* this.soon({ own, answer: null, asked: request })
  }

  /** An answer of an AJAX loader means something only together with its request. */
  private async *loaderAnswer(answer: Answer, record: WarcRecord, place: FilePlace): Found {
    const request = this.exchanges.requestFor(record.fields, this.records, answer.asked ? null : place)
    const form = request?.form ?? answer.asked?.form
    if (form) yield* this.answer(answer, { ...request, form }, record, place)
  }

  private async *answer(answer: Answer, asked: LoaderRequest | null, record: WarcRecord, own: FilePlace): Found {
    if (answer.isRevisit) yield* this.soon({ own, answer, asked })
    else yield* this.captured(answer, asked, { answer, record }, own)
  }

  /** At once if it is quick, else at the end. */
  private async *soon(one: Later): Found {
    const body = this.bodyOf(one)
    if (body && isNear(body)) yield* this.late(one)
    else this.later.push(one)
  }

  /** Null: the record that a `revisit` record repeats is not known, or not yet. */
  private bodyOf({ own, answer }: Later): FilePlace | null {
    if (answer === null) return own
    const names = namesOfOriginal(answer.fields)
    return names.map(name => this.index.find(name)).find(place => place !== null) ?? null
  }

  private async *late(one: Later): Found {
    const { own, asked } = one
    const body = this.bodyOf(one)
    const record = body && (await this.secondLook.recordAt(body))
    const answer = record && (await answerOf(record))
    const file = this.files[own.file] as WarcFile
    if (!record || !answer || typeof answer === 'string') yield* withoutOriginal(file, own, one.answer)
    else if (one.answer) yield* this.captured(one.answer, asked, { answer, record }, own)
    else yield* this.answer(answer, asked, record, own)
  }

  private async *captured(answer: Answer, asked: LoaderRequest | null, original: Original, own: FilePlace): Found {
    const time = captureTime(answer.fields, answer.head, this.modifiedAt)
    const capture = await captureOf(answer, asked, original, time)
    if (capture === null) return this.passed.add(kindOfAnswer(answer.head))
    yield 'why' in capture ? refusedRecord(this.files[own.file] as WarcFile, own, answer, capture.why) : capture
  }
}

/** Names by which a `revisit` record may call a record. */
function namesOf(fields: Fields): string[] {
  const [id, digest, date] = ['warc-record-id', 'warc-payload-digest', 'warc-date'].map(name => field(fields, name))
  return [id, digest, addressedAt(field(fields, 'warc-target-uri'), date)].filter(name => name !== undefined)
}

function namesOfOriginal(fields: Fields): string[] {
  const [id, url, date, digest] = ['refers-to', 'refers-to-target-uri', 'refers-to-date', 'payload-digest'].map(name =>
    field(fields, `warc-${name}`),
  )
  return [id, addressedAt(url, date), digest].filter(name => name !== undefined)
}

const addressedAt = (url: string | undefined, date: string | undefined): string | undefined =>
  url && date && `${url.replace(/^<(.*)>$/, '$1')} ${date}`
