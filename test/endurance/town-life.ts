import { below, type Chance, oneOf } from '../chance.js'
import type { Community, DemoPost } from '../community/index.js'
import { sentences } from './words.js'

const DAY = 86_400_000
const MEMBERS = [
  'Iris',
  'Jonas',
  'Käthe',
  'Lê Minh',
  'Mäandra',
  'Nils',
  "O'Shea",
  'Pia 🌱',
  'Quirin',
  'Rosa & Max',
  'Søren',
  'Ту',
]

/** Visible to its members only: the reader of the archive is one while the session lasts. */
export const MEMBERS_GROUP = 'reading-room'
/** Open to all, until it closes. */
export const CLOSING_GROUP = 'workshop'
const GROUPS = ['orchard', 'kitchen-table', CLOSING_GROUP, MEMBERS_GROUP]

const iso = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`

function emptyCommunity(createdAt: string): Community {
  const group = (slug: string, at: number) => {
    const status: 'private' | 'public' = slug === MEMBERS_GROUP ? 'private' : 'public'
    return { id: at + 1, slug, name: slug, status, description: `All of ${slug}.`, creatorId: 2, createdAt }
  }
  const member = (name: string, at: number) => ({ id: at + 2, slug: `member-${at + 2}`, name })
  return { name: 'Hollow Lane', groups: GROUPS.map(group), members: MEMBERS.map(member), posts: [] }
}

/** A community that lives: every day somebody writes, answers, mends a text, takes something back or changes a name. */
export class LivingTown {
  readonly community: Community
  /** All texts that a post has ever had, the present one last; also of posts that are gone. */
  readonly texts = new Map<number, string[]>()
  /** The parent of every post that ever was. */
  readonly parents = new Map<number, number | null>()
  /** The group of every post that ever was. */
  readonly groups = new Map<number, string | null>()
  /** Posts that somebody has deleted. */
  readonly deleted = new Set<number>()
  /** From then on people write, but nobody changes or deletes anything. */
  isSettled = false
  private lastId = 100

  /** @param threads older than `now`, in Unix milliseconds; each has a reply, somewhere. */
  constructor(
    threads: number,
    private now: number,
    private readonly random: Chance,
  ) {
    const begun = now - 400 * DAY
    this.community = emptyCommunity(iso(begun))
    for (let at = 0; at < threads; at++) this.write(begun + ((now - 20 * DAY - begun) * at) / threads, null)
    for (let at = 0; at < threads; at++) this.answer(now - 10 * DAY + (10 * DAY * at) / threads)
  }

  liveUntil(now: number): void {
    for (; this.now < now - DAY; this.now += DAY) this.liveForADay(this.now)
  }

  private liveForADay(from: number): void {
    const times = [1, 2, 3, 4].map(part => from + (part * DAY) / 5 + this.below(DAY / 6))
    for (const time of times.slice(this.below(4))) {
      if (this.random() < 0.2) this.write(time, null)
      else this.answer(time)
    }
    if (this.isSettled) return
    if (this.random() < 0.4) this.edit()
    if (this.random() < 0.2) this.remove()
    if (this.random() < 0.05) this.rename()
  }

  private write(time: number, parent: DemoPost | null): void {
    const { members, groups } = this.community
    const id = this.lastId + 1 + this.below(3)
    const post = {
      ...{ id, parentId: parent?.id ?? null, date: iso(time), html: sentences(this.random) },
      groupSlug: parent ? parent.groupSlug : this.oneOf(groups).slug,
      memberId: this.oneOf(members).id,
      type: parent ? 'activity_comment' : 'activity_update',
    }
    this.community.posts = [...this.community.posts, post]
    this.texts.set(id, [post.html])
    this.parents.set(id, post.parentId)
    this.groups.set(id, post.groupSlug)
    this.lastId = id
  }

  /** Mostly to what is young, at times to what is old. */
  private answer(time: number): void {
    const { posts } = this.community
    this.write(time, this.oneOf(this.random() < 0.7 ? posts.slice(-30) : posts))
  }

  private edit(): void {
    const old = this.oneOf(this.community.posts)
    const post = { ...old, html: sentences(this.random) }
    this.community.posts = this.community.posts.map(one => (one === old ? post : one))
    this.texts.get(post.id)?.push(post.html)
  }

  /** With all replies below it, as BuddyPress does. Ids count up, so that a parent comes before its replies. */
  private remove(): void {
    const doomed = new Set([this.oneOf(this.community.posts).id])
    for (const { id, parentId } of this.community.posts) if (parentId !== null && doomed.has(parentId)) doomed.add(id)
    for (const id of doomed) this.deleted.add(id)
    this.community.posts = this.community.posts.filter(({ id }) => !doomed.has(id))
  }

  private rename(): void {
    const { members, groups } = this.community
    const one = this.oneOf<{ id: number; name: string }>(this.random() < 0.7 ? members : groups)
    const name = `${one.name.replace(/ \d+$/, '')} ${1 + this.below(99)}`
    const renamed = <Row extends { name: string }>(row: Row): Row => (row === (one as unknown) ? { ...row, name } : row)
    this.community.members = members.map(renamed)
    this.community.groups = groups.map(renamed)
  }

  private below(limit: number): number {
    return below(limit, this.random)
  }

  private oneOf<Value>(values: readonly Value[]): Value {
    return oneOf(values, this.random)
  }
}
