import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Servers in separate processes, so that their CPU time is not counted. */

const here = path => fileURLToPath(new URL(path, import.meta.url))
const RECORDINGS = here('../../shared/recordings/')

/** The recorded communities are not part of the repository; without them, the rows that need them are left out. */
export const hasRecordings = existsSync(`${RECORDINGS}replay.mjs`)

export const invented = (threads, pack, rest = false) =>
  serverOf([here('server.js'), String(threads), pack, ...(rest ? ['rest'] : [])])

/** `scale` times as many threads as were recorded. */
export const recorded = (name, scale) =>
  serverOf([`${RECORDINGS}replay.mjs`, `${RECORDINGS}dev/${name}`, '--scale', String(scale)])

/** Each server prints its URL as its first line. */
async function serverOf(words) {
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', code => reject(new Error(`${words[0]} ended with ${code} before it answered`)))
  })
  return { url: line.trim().replace(/\/*$/, '/'), close: () => child.kill() }
}

/** Calls `work` with the URL of the server, and stops the server even after an error. */
export async function withServer(opening, work) {
  const server = await opening
  try {
    return await work(server.url)
  } finally {
    server.close()
  }
}
