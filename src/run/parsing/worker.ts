import { parentPort } from 'node:worker_threads'
import type { Capture } from '../../model/capture.js'
import { parse } from '../../parse/index.js'

/** The thread of `PageParser`: parses each capture that it receives, and sends the page back. */
parentPort?.on('message', (capture: Capture) => parentPort?.postMessage(parse(capture)))
