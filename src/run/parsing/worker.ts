import { parentPort } from 'node:worker_threads'
import type { Capture } from '../../model/capture.js'
import type { Page } from '../../model/page.js'
import { parse } from '../../parse/index.js'
import { collectGarbage, isHuge, keepHeapSmall } from './heap.js'

/** Posts of one message: those of 100,000 replies in one would be in memory three times, as they are, as a message and as received. */
const BLOCK = 500

/** Blocks after which the memory of those that were sent is given back. */
const BLOCKS_IN_MEMORY = 40

let page: Page | null = null
let blocks = 0

/**
 * The thread of `PageParser`: parses each capture that it receives, and sends the posts in blocks, and then the page with the last of them.
 * It is asked for each next block (null), so that blocks do not pile up in between. Posts that are sent are let go.
 */
parentPort?.on('message', (capture: Capture | null) => {
  if (capture) begin(capture)
  if (!page) return
  if (page.posts.length <= BLOCK) return end(page)
  // Not for the first block, while the capture is still in use.
  if (blocks++ % BLOCKS_IN_MEMORY === 1) collectGarbage()
  parentPort?.postMessage(page.posts.splice(0, BLOCK))
})

function begin(capture: Capture): void {
  if (isHuge(capture)) keepHeapSmall()
  page = parse(capture)
  blocks = 0
}

function end(last: Page): void {
  parentPort?.postMessage(last)
  page = null
}
