import { parentPort } from 'node:worker_threads'
import type { Capture } from '../../model/capture.js'
import type { Page } from '../../model/page.js'
import { parse } from '../../parse/index.js'

/** Posts of one message: those of 100,000 replies in one would be in memory three times, as they are, as a message and as received. */
const BLOCK = 500

/** The thread of `PageParser`: parses each capture that it receives, and sends its posts back in blocks, and then the page with the last of them. */
parentPort?.on('message', (capture: Capture) => send(parse(capture)))

/** Posts that are sent are let go. */
function send(page: Page): void {
  while (page.posts.length > BLOCK) parentPort?.postMessage(page.posts.splice(0, BLOCK))
  parentPort?.postMessage(page)
}
