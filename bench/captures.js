import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { noncesIn, withoutNonces } from '../dist/sources/secrets.js'
import { serveBig } from './community.js'

/** The answers that are parsed: of the invented community, and of recorded ones where they stand beside the checkout. */

const RECORDINGS = fileURLToPath(new URL('../../shared/recordings/', import.meta.url))
export const hasRecordings = existsSync(`${RECORDINGS}replay.mjs`)

export async function demoCaptures() {
  const legacy = await withServer(await serveBig(400, 'legacy'), ({ url }) => get(`${url}groups/gardeners/`))
  const nouveau = await withServer(await serveBig(400, 'nouveau'), ({ url }) => getStream(`${url}groups/gardeners/`))
  return [
    { name: 'invented, Legacy page', capture: legacy },
    { name: 'invented, Nouveau answer', capture: nouveau },
  ]
}

const RECORDED = 'groups/care-at-home-practice-network/'

/** Scaled, because the first page of a real group is full. */
export async function recordedCaptures() {
  if (!hasRecordings) return []
  const legacy = await withServer(await replay('bp14-legacy', 3), ({ url }) => get(url + RECORDED))
  const nouveau = await withServer(await replay('bp14-nouveau', 3), ({ url }) => getStream(url + RECORDED))
  return [
    { name: 'recorded, Legacy page', capture: legacy },
    { name: 'recorded, Nouveau answer', capture: nouveau },
  ]
}

async function withServer(server, work) {
  try {
    return await work(server)
  } finally {
    await server.close()
  }
}

/** The replay server in a process of its own; its first line is its address. */
export async function replay(name, scale) {
  const child = spawn(process.execPath, [`${RECORDINGS}replay.mjs`, `${RECORDINGS}dev/${name}`, '--scale', String(scale)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = await new Promise(resolve => createInterface({ input: child.stdout }).once('line', line => resolve([line.trim()])))
  return { url: url.endsWith('/') ? url : `${url}/`, close: async () => child.kill() }
}

async function get(url, form, referer) {
  const response = await fetch(url, form ? { method: 'POST', body: new URLSearchParams(form), headers: { referer } } : {})
  return {
    request: { url, ...(form ? { form, referer } : {}) },
    url: response.url,
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
    capturedAt: new Date().toISOString(),
  }
}

/** Nouveau's first page of a stream: by AJAX, with the nonce of the page that it stands on. */
async function getStream(home) {
  const page = await get(home)
  const form = { action: 'activity_filter', object: 'activity', scope: 'all', page: '1', nonce: noncesIn(page.body).activity }
  const capture = await get(new URL('/wp-admin/admin-ajax.php', home).href, form, home)
  return { ...capture, body: withoutNonces(capture.body) }
}
