import Sqlite from 'better-sqlite3'
import {
  type Archive,
  type ArchiveEnv,
  openArchive,
  type PageResult,
  type PageStep,
  type TaskEnd,
} from '../../src/archive/index.js'
import type { Group, Member, Post } from '../../src/model/discussion.js'
import type { Page, PostText } from '../../src/model/page.js'
import { exactly } from '../../src/model/time.js'
import { newFile } from '../run/outside.js'

/** Pages written by hand, and an archive to put them into. */

export const SITE = 'https://town.example/'

export const ENV: ArchiveEnv = {
  now: () => Date.UTC(2026, 0, 1),
  pid: 41,
  host: 'here',
  command: 'archive https://town.example/',
  isAlive: () => true,
}

export const group = (slug: string, changes: Partial<Group> = {}): Group => ({
  id: null,
  slug,
  name: slug,
  url: `${SITE}groups/${slug}/`,
  status: null,
  description: null,
  ...changes,
})

export const member = (slug: string | null, changes: Partial<Member> = {}): Member => ({
  id: null,
  slug,
  name: slug,
  url: slug && `${SITE}members/${slug}/`,
  avatarUrl: null,
  ...changes,
})

export const GARDENERS = group('gardeners', { id: '1', name: 'Gardeners' })

/** `post('3', '1')`: number 3, which answers number 1. A third argument names the thread where it is another post. */
export function post(id: string, parentId: string | null, changes: Partial<Post> = {}): Post {
  return {
    id,
    threadId: parentId ?? id,
    parentId,
    type: parentId === null ? 'activity_update' : 'activity_comment',
    group: GARDENERS,
    author: member('ada', { id: '2' }),
    when: exactly('2025-06-01T12:00:00Z'),
    html: `<p>Post ${id}</p>`,
    text: `Post ${id}`,
    truncated: false,
    edited: false,
    url: `${SITE}activity/p/${parentId ?? id}/${parentId === null ? '' : `#acomment-${id}`}`,
    attachments: [],
    links: [],
    ...changes,
  }
}

export function page(posts: Post[], changes: Partial<Page> = {}): Page {
  const roots = [...new Set(posts.map(one => one.threadId))]
  return {
    url: `${SITE}groups/gardeners/`,
    about: { kind: 'stream' },
    site: { url: SITE, name: 'Town' },
    template: 'legacy',
    wall: null,
    loader: null,
    provenEmpty: false,
    ajaxUrl: null,
    apiUrl: null,
    signedIn: false,
    group: null,
    member: null,
    streamUrl: null,
    posts,
    threads: roots.map(id => ({
      id,
      shown: posts.filter(one => one.threadId === id).length,
      whole: true,
      claimed: null,
    })),
    groups: [],
    more: false,
    directoryUrl: null,
    directories: [],
    warnings: [],
    ...changes,
  }
}

export const text = (id: string, html: string, truncated = false): PostText => ({
  id,
  html,
  text: html.replace(/<[^>]*>/g, ''),
  truncated,
  attachments: [],
  links: [],
})

/** Saves a page as `run` does, with nothing that follows from it. */
export const savePage = (archive: Archive, page: Page, step: PageStep, end: TaskEnd = { end: 'done' }): PageResult =>
  archive.transaction(tx => {
    const result = tx.save(page, step)
    tx.answered(step, end, result.group)
    return result
  })

export interface Shelf {
  file: string
  archive: Archive
  /**
   * Saves a page as read at this hour of a day, from `url`. Each call is a reading (a pass) of its own, unless the call before it had `goesOn`
   * and the same `pass`.
   */
  save(
    page: Page,
    how?: { authority?: 'stream' | 'permalink'; pass?: string; url?: string; goesOn?: boolean },
  ): PageResult
  close(): void
  /** Rows of a query, with another connection. */
  sql<Row = Record<string, unknown>>(query: string, ...values: unknown[]): Row[]
}

/** `body`: what the capture of each page holds. */
export function shelf(file = newFile()): Shelf {
  const archive = openArchive(file, 'write', ENV)
  const { run } = archive.startRun('test', '0', '2026-01-01T00:00:00.000Z')
  let hours = 0
  return {
    file,
    archive,
    save(saved, { authority = 'stream', pass: name = `pass ${hours}`, url, goesOn = false } = {}) {
      const at = new Date(Date.UTC(2026, 0, 1, ++hours)).toISOString()
      const request = { url: url ?? `${SITE}?${hours}` }
      const first = { kind: 'group', reason: 'named', request } as const
      const pass = archive.beginPass(name, { reader: 'visitor', via: 'auto' }, first, at)
      const answer = {
        request,
        url: request.url,
        status: 200,
        headers: {},
        body: Buffer.from(`<p>${hours}</p>`),
        capturedAt: at,
      }
      const task = archive.frontier.next(pass, new Set())
      if (!task) throw new Error('nothing to do')
      const capture = archive.keep(run, answer, 'visitor', { task, pass })
      const step = { run, pass, task, capture, at, parser: 'test 0', authority, reader: 'visitor' }
      const next = { ...first, request: { url: `${request.url}&next` } }
      if (goesOn) archive.transaction(tx => tx.enqueue(pass, [next], null))
      return savePage(archive, saved, step)
    },
    close: () => archive.close(),
    sql: (query, ...values) => rows(file, query, ...values),
  }
}

export function rows<Row>(file: string, query: string, ...values: unknown[]): Row[] {
  const db = new Sqlite(file, { readonly: true })
  try {
    return db.prepare(query).all(...values) as Row[]
  } finally {
    db.close()
  }
}
