import type { Capture } from '../../../model/capture.js'
import type { Instant } from '../../../model/discussion.js'
import type { HttpHead } from './http-message.js'
import { type Fields, field } from './record.js'

export type CaptureTime = Pick<Capture, 'capturedAt' | 'timeIsBound'>

/** `WARC-Date`, else the `Date` of the server; else the date of the file, before which the record was made. */
export function captureTime(fields: Fields, head: HttpHead, modifiedAt: Instant): CaptureTime {
  return (
    timeOf(field(fields, 'warc-date') ?? '') ??
    exact(Date.parse(field(head.fields, 'date') ?? '')) ?? { capturedAt: modifiedAt, timeIsBound: true }
  )
}

/** `2024-03-01T12:00:00.123456Z`; WARC 1.1 also allows less: `2024-03`. Old tools write 14 digits. */
const DATE = /^(\d{4})-?(\d\d)?-?(\d\d)?T?(?:(\d\d):?(\d\d)(?::?(\d\d)(\.\d{1,9})?)?)?Z?$/

function timeOf(text: string): CaptureTime | null {
  const [, year, month, day, hour, minute, second, fraction] = DATE.exec(text) ?? []
  if (year === undefined) return exact(Date.parse(text))
  if (minute === undefined) return bound(year, month, day)
  return exact(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second ?? '00'}${fraction?.slice(0, 4) ?? ''}Z`))
}

const exact = (time: number): CaptureTime | null =>
  Number.isNaN(time) ? null : { capturedAt: new Date(time).toISOString() }

/** The end of a year, a month or a day. */
function bound(year: string, month: string | undefined, day: string | undefined): CaptureTime | null {
  const end = Date.UTC(Number(year), month ? Number(month) - (day ? 1 : 0) : 12, day ? Number(day) + 1 : 1) - 1000
  return Number.isNaN(end) ? null : { capturedAt: new Date(end).toISOString(), timeIsBound: true }
}
