import { createHash } from 'node:crypto'
import { byLabel } from '../../model/columns/post-labels.js'
import type { Group, Member, Post } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import { knownDate } from '../../model/time.js'
import { contentHash } from '../text/content-hash.js'

/**
 * Hash of what the parser read on a page (32 hex digits): two responses to one request with the same fingerprint have the same
 * meaning. It excludes what changes by itself, such as relative times, nonces, image sizes and notice counts.
 */
export function pageFingerprint(page: Page): string {
  const before = {
    is: [page.template, page.wall?.kind, page.loader, page.provenEmpty, page.more, page.total, page.about, page.url],
    group: page.group && groupPart(page.group),
    groups: page.groups.map(groupPart),
    members: page.members?.map(memberPart),
    text: page.text && contentHash(page.text, page.site.url),
  }
  const after = {
    threads: page.threads,
    counts: [page.counts, page.unchanged],
    ...(page.forum && { forum: page.forum }),
    ...(page.zone && { zone: page.zone }),
    also: [page.namespaces, page.hiding, page.warnings.length, page.site.name],
  }
  const hash = createHash('sha256').update(`${JSON.stringify(before).slice(0, -1)},"posts":[`)
  for (let at = 0; at < page.posts.length; at += BLOCK) {
    const parts = page.posts.slice(at, at + BLOCK).map(post => postPart(post, page.site.url))
    hash.update(`${at === 0 ? '' : ','}${JSON.stringify(parts).slice(1, -1)}`)
  }
  return hash
    .update(`],${JSON.stringify(after).slice(1)}`)
    .digest('hex')
    .slice(0, 32)
}

/** Posts whose JSON is in memory at a time: all of a thread of 100,000 replies would need as much as its page. */
const BLOCK = 500

const groupPart = ({ id, slug, name, url, status, description }: Group) => [id, slug, name, url, status, description]

const memberPart = ({ id, slug, name, url }: Member) => [id, slug, name, url]

const postPart = (post: Post, site: string) => [
  [post.id, post.threadId, post.parentId, post.parentNamed, post.type, post.truncated, post.edited],
  // What a view does not show has no key, so that a new label does not change the hash of other pages.
  [byLabel(name => post[name]), post.url, knownDate(post.when)],
  post.group && groupPart(post.group),
  post.author && memberPart(post.author),
  contentHash(post, site),
]
