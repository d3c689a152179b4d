import { hash } from 'node:crypto'
import type { BytePlace } from './bytes.js'

/** A place in one of several files. */
export interface FilePlace extends BytePlace {
  /** Number of the file. */
  file: number
}

const FIRST_SLOTS = 1024
const FIELDS = 3

/**
 * Where records are, by their ids, digests and addresses. Two slots of eight bytes a key, so that a file with millions of pages needs
 * some tens of megabytes. A key is the beginning of a hash: of millions, two agree once in a thousand files.
 */
export class PlaceIndex {
  /** Pairs of a key, 0 for a free slot, and the number of a place. */
  private slots = new Float64Array(2 * FIRST_SLOTS)
  private places = new Float64Array(FIELDS * FIRST_SLOTS)
  private keys = 0
  private count = 0

  /** The first record with a key keeps it. */
  add(names: readonly string[], { file, offset, within }: FilePlace): void {
    if ((this.count + 1) * FIELDS > this.places.length) this.places = grown(this.places)
    this.places.set([file, offset, within], this.count * FIELDS)
    for (const name of names) this.put(keyOf(name), this.count)
    this.count++
  }

  find(name: string): FilePlace | null {
    const slot = this.slotOf(keyOf(name))
    if (this.slots[slot] === 0) return null
    const at = (this.slots[slot + 1] ?? 0) * FIELDS
    const [file = 0, offset = 0, within = 0] = this.places.subarray(at, at + FIELDS)
    return { file, offset, within }
  }

  private put(key: number, place: number): void {
    if (this.keys * 4 > this.slots.length) this.grow()
    const slot = this.slotOf(key)
    if (this.slots[slot] !== 0) return
    this.slots.set([key, place], slot)
    this.keys++
  }

  /** The slot that has the key, or that is free for it. */
  private slotOf(key: number): number {
    const pairs = this.slots.length / 2
    let slot = key % pairs
    while (this.slots[2 * slot] !== 0 && this.slots[2 * slot] !== key) slot = (slot + 1) % pairs
    return 2 * slot
  }

  private grow(): void {
    const old = this.slots
    this.slots = new Float64Array(2 * old.length)
    for (let at = 0; at < old.length; at += 2) {
      const [key = 0, place = 0] = old.subarray(at, at + 2)
      if (key !== 0) this.slots.set([key, place], this.slotOf(key))
    }
  }
}

function grown(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * array.length)
  larger.set(array)
  return larger
}

/** 48 bits, never 0. */
const keyOf = (name: string): number => Number.parseInt(hash('sha1', name, 'hex').slice(0, 12), 16) || 1
