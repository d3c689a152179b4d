import { addressOf } from './answer.js'
import type { LoaderRequest } from './loader-request.js'
import type { FilePlace } from './place-index.js'
import type { Fields } from './record.js'

/** Values that are found by any of their keys, once. */
class ByKeys<Value> {
  private readonly entries = new Map<string, { keys: readonly string[]; value: Value }>()

  add(keys: readonly string[], value: Value): void {
    const entry = { keys, value }
    for (const key of keys) this.entries.set(key, entry)
  }

  take(keys: readonly string[]): Value | null {
    const found = keys.map(key => this.entries.get(key)).find(entry => entry !== undefined)
    if (!found) return null
    for (const key of found.keys) if (this.entries.get(key) === found) this.entries.delete(key)
    return found.value
  }

  /** Removes all values, and returns each of them once. */
  empty(): Value[] {
    const values = new Set([...this.entries.values()].map(({ value }) => value))
    this.entries.clear()
    return [...values]
  }
}

/**
 * Which request of an AJAX loader belongs to which answer. Records name each other (`WARC-Concurrent-To`), in either direction and
 * order; where they do not, two that follow each other and have the same address belong together. `ordinal`: number of the record.
 */
export class Exchanges {
  private readonly requests = new ByKeys<LoaderRequest>()
  private readonly answers = new ByKeys<FilePlace>()

  /** The request of this answer; null: it has not come yet, and the answer (null: none) waits for it. */
  requestFor(fields: Fields, ordinal: number, answer: FilePlace | null): LoaderRequest | null {
    const keys = keysOf(fields, ordinal)
    const request = this.requests.take(keys)
    if (!request && answer) this.answers.add(keys, answer)
    return request
  }

  /** Where the answer to this request is; null: it has not come yet, and the request waits for it. */
  answerTo(fields: Fields, ordinal: number, request: LoaderRequest): FilePlace | null {
    const keys = keysOf(fields, ordinal)
    const answer = this.answers.take(keys)
    if (!answer) this.requests.add(keys, request)
    return answer
  }

  /** Ends a file, and returns the answers whose requests are not in it. Requests whose answers were not recorded are forgotten. */
  end(): FilePlace[] {
    this.requests.empty()
    return this.answers.empty()
  }
}

function keysOf(fields: Fields, ordinal: number): string[] {
  const others = fields.get('warc-concurrent-to') ?? []
  const own = fields.get('warc-record-id') ?? []
  const url = addressOf(fields)
  const neighbours = others.length > 0 ? [] : [`${ordinal - 1} ${url}`, `${ordinal} ${url}`]
  return [...own, ...others, ...neighbours]
}
