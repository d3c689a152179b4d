import type { PassedKind } from '../../../model/imports.js'
import { type HttpHead, statusOf } from './http-message.js'
import { hasContent } from './page-kind.js'
import { type Fields, field } from './record.js'

/** Media types without parameters, most specific first. */
const KINDS: readonly (readonly [PassedKind, RegExp])[] = [
  ['picture', /^image\//i],
  ['style', /^text\/css/i],
  ['script', /(?:java|ecma)script/i],
  ['font', /^font\/|font|opentype|truetype/i],
  ['media', /^(?:audio|video)\//i],
  ['document', /pdf|msword|officedocument|opendocument/i],
  ['data', /json|xml/i],
]

/** What an answer is that is no page. */
export function kindOfAnswer(head: HttpHead): PassedKind {
  const status = statusOf(head)
  if (status !== null && !hasContent(status)) return Math.floor(status / 100) === 3 ? 'redirect' : 'empty'
  const type = field(head.fields, 'content-type') ?? ''
  return KINDS.find(([, pattern]) => pattern.test(type))?.[0] ?? 'other'
}

/** Numbers of records that were passed over. */
export class PassedOver {
  private readonly numbers = new Map<PassedKind, number>()

  add(kind: PassedKind): void {
    this.numbers.set(kind, (this.numbers.get(kind) ?? 0) + 1)
  }

  /** Null: there were none. */
  counts(): Partial<Record<PassedKind, number>> | null {
    return this.numbers.size === 0 ? null : Object.fromEntries(this.numbers)
  }
}

/** Records of a crawler about itself: `warcinfo`, `metadata`, requests for pages; and records of schemes of its own, such as `urn:pageinfo:`. */
export const isOfCrawler = (type: string, fields: Fields): boolean =>
  !['response', 'revisit', 'resource', 'conversion'].includes(type) ||
  !/^<?https?:/i.test(field(fields, 'warc-target-uri') ?? '')
