import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Capture } from '../../model/capture.js'

/** Bodies over this size make as much as everything else in memory. */
export const HUGE_BYTES = 2_000_000

/**
 * From now on V8 collects garbage once the heap has grown by two fifths, in place of up to four times, and the space for new objects stays as it
 * is, in place of up to 48 MB: for commands that make much garbage and hold little, whose peak memory it halves for up to a tenth more processor
 * time. V8 forgets the latter at the start of each thread.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=40')
  setFlagsFromString('--semi-space-growth-factor=1')
}

/** Collects the garbage of this thread at once: V8 would wait until there is nearly half as much again. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}

/** Takes the body from a capture if it is huge: that of a long thread would be in memory together with all that is written. */
export function letGo(capture: Capture): void {
  if (!isHuge(capture)) return
  capture.body = new Uint8Array(0)
  collectGarbage()
}

/** A function that waits keeps what it has had in hand: it asks here, and never touches the body itself. */
export const isHuge = ({ body }: Capture): boolean => body.length > HUGE_BYTES
