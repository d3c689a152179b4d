import { gzipSync } from 'node:zlib'
import type { KeptCapture } from '../../model/archive.js'
import { requestMessage, responseHead, unchangedHead } from './messages.js'
import { digestOf, idOf, serialised, type WarcRecord } from './record.js'

/** Where a response is in a WARC file, and what it is: a line of an index. */
export interface IndexEntry {
  capture: KeptCapture
  /** `sha256:…` of the body. */
  digest: string
  /** The record repeats an earlier one. */
  isRevisit: boolean
  /** Of the compressed record, in bytes. */
  offset: number
  length: number
}

/** What later captures need of one whose body they share. */
interface Original {
  id: string
  url: string
  date: string
  digest: string
}

const NO_BODY = new Uint8Array()

/** The records of a WARC file: each capture as a request and a response; one that showed the same as an earlier one as a revisit. */
export class WarcWriter {
  private readonly originals = new Map<number, Original>()
  private offset = 0

  /** `indexed` is called for each response. */
  constructor(private readonly indexed: (entry: IndexEntry) => void = () => {}) {}

  /** A gzip member for each record. */
  *members(captures: Iterable<KeptCapture>): Generator<Uint8Array> {
    let isFirst = true
    for (const capture of captures) {
      if (isFirst) yield this.member(infoRecord(capture.capturedAt))
      isFirst = false
      yield* this.exchange(capture)
    }
    if (isFirst) yield this.member(infoRecord('2000-01-01T00:00:00Z'))
  }

  private *exchange(capture: KeptCapture): Generator<Uint8Array> {
    const response = this.response(capture)
    const digest = response.fields['WARC-Payload-Digest'] ?? ''
    if (capture.sameAs === null)
      this.originals.set(capture.id, { id: response.id, url: capture.url, date: capture.capturedAt, digest })
    yield this.member(requestRecord(capture, response.id))
    const offset = this.offset
    const member = this.member(response)
    this.indexed({ capture, digest, isRevisit: response.type === 'revisit', offset, length: member.length })
    yield member
  }

  private response(capture: KeptCapture): WarcRecord {
    const original = capture.sameAs === null ? undefined : this.originals.get(capture.sameAs)
    return original ? revisitRecord(capture, original) : responseRecord(capture)
  }

  private member(record: WarcRecord): Uint8Array {
    const member = gzipSync(serialised(record))
    this.offset += member.length
    return member
  }
}

const SOFTWARE =
  'software: threadkeep\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n'

const infoRecord = (date: string): WarcRecord => ({
  type: 'warcinfo',
  id: idOf('warcinfo', date),
  date,
  fields: { 'Content-Type': 'application/warc-fields' },
  head: Buffer.from(SOFTWARE),
  body: NO_BODY,
})

function responseRecord(capture: KeptCapture): WarcRecord {
  const { url, body, capturedAt: date } = capture
  const digest = digestOf(body)
  return {
    ...{ type: 'response', id: idOf('response', ...saidBy(capture), digest), date },
    fields: {
      'WARC-Target-URI': url,
      'Content-Type': 'application/http; msgtype=response',
      'WARC-Payload-Digest': digest,
    },
    ...{ head: responseHead(capture, body.length), body },
  }
}

/**
 * A response that showed the same as an earlier one: its own body, which may have said "two days ago" in place of "yesterday", was not
 * stored. Hence the profile of an answer 304, and not that of an equal body.
 */
function revisitRecord(capture: KeptCapture, original: Original): WarcRecord {
  return {
    ...{ type: 'revisit', id: idOf('revisit', ...saidBy(capture), original.id), date: capture.capturedAt },
    fields: {
      'WARC-Target-URI': capture.url,
      'WARC-Profile': 'http://netpreserve.org/warc/1.1/revisit/server-not-modified',
      'WARC-Refers-To': original.id,
      'WARC-Refers-To-Target-URI': original.url,
      'WARC-Refers-To-Date': original.date,
      'Content-Type': 'application/http; msgtype=response',
      'WARC-Payload-Digest': original.digest,
    },
    ...{ head: unchangedHead(capture), body: NO_BODY },
  }
}

const requestRecord = (capture: KeptCapture, response: string): WarcRecord => ({
  ...{ type: 'request', id: idOf('request', response), date: capture.capturedAt },
  fields: {
    'WARC-Target-URI': capture.request.url,
    'WARC-Concurrent-To': response,
    'Content-Type': 'application/http; msgtype=request',
  },
  ...requestMessage(capture),
})

const saidBy = ({ request, url, status, headers, capturedAt }: KeptCapture): unknown[] => [
  ...[request.url, request.form ?? null, request.referer ?? null],
  ...[url, status, headers, capturedAt],
]
