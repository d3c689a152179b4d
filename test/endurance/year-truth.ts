import type { DemoPost } from '../community/index.js'
import { CLOSING_GROUP, type LivingTown } from './town-life.js'
import { circlesIn, type Held, heldIn } from './truth.js'
import { NEW_HOST, OLD_HOST } from './world.js'

/** How an archive is held against the community of the year. */

const HOSTS = [OLD_HOST, NEW_HOST]

const textOn = (host: string, html: string): string => html.replaceAll('{site}', `http://${host}/`).trim()

const parentOf = ({ parentId }: Held): number | null => (parentId === null ? null : Number(parentId))

/** What no archive may hold, at any time: a sentence each. */
export function inventedIn(file: string, life: LivingTown): string[] {
  const held = heldIn(file)
  const about = [...held].flatMap(([id, post]) => {
    const texts = life.texts.get(id)
    if (!texts) return [`post ${id} was invented`]
    const known = HOSTS.flatMap(host => texts.map(html => textOn(host, html)))
    return [
      ...(post.status === 'gone' && !life.deleted.has(id) ? [`post ${id} is called gone`] : []),
      ...(parentOf(post) === life.parents.get(id) ? [] : [`post ${id} is below ${post.parentId}`]),
      ...(post.truncated || known.includes(post.html.trim()) ? [] : [`post ${id} never had this text: ${post.html}`]),
      ...(post.revisions < texts.length
        ? []
        : [`post ${id} has ${post.revisions} earlier texts of ${texts.length - 1}`]),
    ]
  })
  return [...about, ...circlesIn(held).map(id => `post ${id} is above itself`)]
}

/**
 * What is not as on the site: a sentence each. Nobody knows what has become of a group since it closed. The site's own links may have
 * the host that they had when the text was read.
 */
export function wrongAtTheEnd(file: string, { community, deleted, groups }: LivingTown): string[] {
  const held = heldIn(file)
  const isOpen = (id: number) => groups.get(id) !== CLOSING_GROUP
  return [
    ...community.posts.filter(({ id }) => isOpen(id)).flatMap(post => wrongOf(post, held.get(post.id))),
    ...[...deleted].filter(id => isOpen(id) && held.get(id)?.status === 'live').map(id => `${id} is not gone`),
  ]
}

function wrongOf({ id, html }: DemoPost, post: Held | undefined): string[] {
  if (!post) return [`${id} is missing`]
  return [
    ...(post.status === 'live' && !post.truncated ? [] : [`${id} is ${post.status}, shortened: ${post.truncated}`]),
    ...(HOSTS.some(host => textOn(host, html) === post.html.trim()) ? [] : [`${id} has another text: ${post.html}`]),
  ]
}
