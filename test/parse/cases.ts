import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Capture } from '../../src/model/capture.js'

const FOLDER = fileURLToPath(new URL('../../fixtures/', import.meta.url))
const PARSERS = ['buddypress-page', 'buddypress-ajax', 'buddypress-rest', 'buddypress-feed', 'text-dump']
const SOURCES = ['source.html', 'source.json', 'source.xml', 'source.txt']

/** One folder below `fixtures/<parser>/<variant>/`. */
export interface Case {
  /** `<parser>/<variant>/<case>`. */
  name: string
  parser: string
  expectation: string
  capture: Capture
}

interface Meta {
  /** The software and template whose shape this is. */
  from: string
  note?: string
  url: string
  finalUrl?: string
  status: number
  headers: Record<string, string>
  form?: Record<string, string>
  referer?: string
  /** Set for an imported file. */
  door?: string
  capturedAt: string
}

const list = (folder: string): string[] => readdirSync(FOLDER + folder).map(name => `${folder}/${name}`)

export const CASES: readonly Case[] = PARSERS.flatMap(list)
  .flatMap(list)
  .map(name => ({
    name,
    parser: name.split('/')[0] ?? '',
    expectation: `${FOLDER}${name}/expected.json`,
    capture: captureIn(`${FOLDER}${name}/`),
  }))

function captureIn(folder: string): Capture {
  const meta = JSON.parse(readFileSync(`${folder}meta.json`, 'utf8')) as Meta
  const source = SOURCES.find(name => existsSync(folder + name))
  const { url, form, referer, finalUrl, status, headers, capturedAt, door } = meta
  const request = { url, ...(form ? { form } : {}), ...(referer ? { referer } : {}) }
  const body = new Uint8Array(readFileSync(`${folder}${source}`))
  const imported = door ? { imported: { door, origin: 'thread.txt' } } : {}
  return { request, url: finalUrl ?? url, status, headers, body, capturedAt, ...imported }
}
