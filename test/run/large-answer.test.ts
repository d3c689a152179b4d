import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { archive, type Capture, exportTo, type SourceKind } from '../../src/index.js'
import type { LiveSource } from '../../src/sources/index.js'
import { captureOf, GROUP_URL, item, pageOf } from '../parse/markup.js'
import { newFile } from './outside.js'

const TEXT = 'soil water '.repeat(200_000)

/** A site with this answer to the first request. */
const siteOf = (capture: Capture): LiveSource => ({
  async *captures(frontier) {
    const request = frontier.next()
    if (request) yield Object.assign(capture, { request, url: request.url })
  },
  rules: async () => ({ found: false, allowed: true, delay: 0 }),
  reader: () => 'visitor',
  holds: async () => null,
  close: async () => {},
})

it('a large body is let go once it is kept, and stays in the archive as received', async () => {
  const db = newFile()
  const capture = captureOf(pageOf(item(1, { body: `<p>${TEXT}</p>` })))
  const sent = Buffer.from(capture.body).toString()
  const site: SourceKind = { name: 'site', summary: '', accepts: () => true, open: () => siteOf(capture) }
  await archive(GROUP_URL, { db, sources: [site], pace: 0 })
  expect(capture.body.length).toBe(0)
  const warc = Buffer.concat([...exportTo({ db, format: 'warc' })].map(piece => Buffer.from(piece)))
  expect(gunzipSync(warc).includes(sent)).toBe(true)
})
