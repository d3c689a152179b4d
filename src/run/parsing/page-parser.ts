import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Capture } from '../../model/capture.js'
import type { Post } from '../../model/discussion.js'
import { takeJson } from '../../model/markup/checked-json.js'
import type { Page } from '../../model/page.js'
import { restCallOf } from '../../model/rest.js'
import { parse, unreadPage } from '../../parse/index.js'
import { graceAfter } from '../../sources/index.js'
import { collectGarbage, isHuge } from './heap.js'
import { ReceivedPosts } from './received-posts.js'

/** Bodies up to this size are parsed in this thread: most pages of themes are smaller, and the most hostile one that was found takes about a second. */
const SMALL_BYTES = 250_000
/** The same for lists of REST, which need no tree of a page. Another thread, for their usual 640 KB, would cost a third of a run. */
const SMALL_REST_BYTES = 1_000_000
/** Longest time in milliseconds, and most memory in MB, that the parsing of one response may take. Ordinary pages take a thousandth. */
const MAX_MILLISECONDS = 60_000
const MAX_MEGABYTES = 768
const LIMITS = { maxOldGenerationSizeMb: MAX_MEGABYTES, maxYoungGenerationSizeMb: 6 }

const isSmall = ({ request: { url }, body }: Capture): boolean =>
  body.length <= SMALL_BYTES || (body.length <= SMALL_REST_BYTES && isJsonText(body) && isOfRest(url))

// A source of a caller may name its pages as it likes.
const isOfRest = (url: string): boolean => URL.canParse(url) && restCallOf(url) !== null

const isJsonText = (body: Uint8Array): boolean => /^\s*[[{]/.test(Buffer.from(body.subarray(0, 100)).toString('latin1'))

/** The file of the thread; in the single executable, which has no files, the code itself. */
const WORKER: URL | string = new URL('./worker.js', import.meta.url)
const isCode = typeof WORKER === 'string'
/** Another program that was bundled into one file has neither: it parses all bodies in its own thread. */
const hasWorker = isCode || existsSync(WORKER)

/**
 * Parses captures one after the other; large ones in a thread of its own, so that signals and time limits are obeyed at once, whatever
 * a site has sent, and that a page that needs too much time or memory ends its thread only.
 */
export class PageParser {
  private worker: Worker | null = null

  /** Null: `signal` was aborted, and the page could not be parsed in the time that was left. */
  async parse(capture: Capture, signal: AbortSignal): Promise<Page | null> {
    if (!hasWorker || isSmall(capture)) return parse(capture)
    return this.parseInThread(forBothThreads(capture), isHuge(capture), signal)
  }

  /** The same for a caller that does not need the body any more: a large one is empty afterwards. */
  async parseAndEmpty(capture: Capture, signal: AbortSignal): Promise<Page | null> {
    if (!hasWorker || isSmall(capture)) return parse(capture)
    return this.parseInThread(capture, isHuge(capture), signal)
  }

  private async parseInThread(sent: Capture, huge: boolean, signal: AbortSignal): Promise<Page | null> {
    // What was made on the way to this body would be in memory together with all that the other thread makes.
    if (huge) collectGarbage()
    const answer = await this.answerFor(sent, signal)
    // The end of a thread gives back its memory.
    if (typeof answer !== 'object' || huge) await this.close()
    if (typeof answer === 'object') return answer
    return answer === 'interrupted' ? null : unreadPage(sent, answer)
  }

  async close(): Promise<void> {
    const { worker } = this
    this.worker = null
    await worker?.terminate()
  }

  /** The page; or why there is none, as a noun phrase. A body that is not shared is empty afterwards: a copy would be in memory, too. */
  private answerFor(capture: Capture, signal: AbortSignal): Promise<Page | string> {
    const worker = this.worker ?? new Worker(WORKER, { eval: isCode, resourceLimits: LIMITS })
    this.worker = worker
    const received = new ReceivedPosts()
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => end(TOO_SLOW), MAX_MILLISECONDS)
      const grace = graceAfter(signal)
      const interrupted = () => end('interrupted')
      const failed = (error: NodeJS.ErrnoException) =>
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? end(TOO_LARGE) : reject(error)
      const arrived = (sent: Page | Post[]) => {
        received.add(Array.isArray(sent) ? sent : sent.posts)
        if (Array.isArray(sent)) worker.postMessage(null)
        else end({ ...sent, posts: received.all })
      }
      const end = (answer: Page | string) => {
        clearTimeout(late)
        grace.removeEventListener('abort', interrupted)
        worker.off('message', arrived).off('error', failed)
        resolve(answer)
      }
      grace.addEventListener('abort', interrupted)
      worker.on('message', arrived).once('error', failed)
      const { buffer } = capture.body
      worker.postMessage(capture, buffer instanceof ArrayBuffer ? [buffer] : [])
    })
  }
}

/** The capture for the other thread: with a copy of the body, or for a huge one with memory that both threads read. */
function forBothThreads(capture: Capture): Capture {
  // The other thread reads the body itself.
  takeJson(capture.body)
  if (!isHuge(capture)) return { ...capture, body: new Uint8Array(capture.body) }
  share(capture)
  return capture
}

function share(capture: Capture): void {
  const body = new Uint8Array(new SharedArrayBuffer(capture.body.length))
  body.set(capture.body)
  capture.body = body
}

const TOO_SLOW = `content that takes longer than ${MAX_MILLISECONDS / 1000} seconds to read`
const TOO_LARGE = `content that needs more than ${MAX_MEGABYTES} MB of memory to read`
