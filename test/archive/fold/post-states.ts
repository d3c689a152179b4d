import fc from 'fast-check'
import type { PostState, PostValues } from '../../../src/archive/fold/state.js'
import { contentHash } from '../../../src/archive/text/content-hash.js'
import { byLabel } from '../../../src/model/columns/post-labels.js'
import { SITE } from '../shelf.js'

/** Random states of one post, as the routes give them of a site on which it is edited, moved and deleted. */

/** Hours at which something happened on the site; readings are at whole hours. */
export interface PostWorld {
  edits: number[]
  /** The site has shortcodes in the text, or a title. */
  shortcode: boolean
  heading: boolean
  authorChanged: number
  threadMoved: number
  regrouped: number
  relabelled: number
  /** From here on the id belongs to another post: another author, date and text. */
  reused: number
  /** From here on the id belongs to another post of the same author, or of one that the site does not name. */
  reissued: number
  /** The member who was erased from the archives. */
  erased: number | null
}

export interface PostReading {
  hour: number
  route: 'rest' | 'stream' | 'list' | 'unread'
  shortens: boolean
  nameless: boolean
  groupless: boolean
  labels: boolean
  /** Width of the interval before and after the true date. */
  vague: [number, number]
  position: number
  flattens: boolean
  permalink: boolean
  edited: boolean
  missed: number | null
  gone: number | null
  reason: string
}

const NEVER = 100
const sometime = fc.integer({ min: 0, max: 12 }).map(hour => hour + 0.5)
const maybe = fc.option(sometime, { nil: NEVER, freq: 2 })

export const postWorld: fc.Arbitrary<PostWorld> = fc
  .record({
    edits: fc.array(sometime, { maxLength: 3 }).map(list => [...list].sort((a, b) => a - b)),
    ...{ shortcode: fc.boolean(), heading: fc.boolean() },
    ...{ authorChanged: maybe, threadMoved: maybe, regrouped: maybe, relabelled: maybe, reused: maybe },
    reissued: maybe,
    erased: fc.constantFrom(null, null, 5, 6, 7),
  })
  // Nothing tells apart two posts of an author whose texts are erased.
  .map(world => ({ ...world, reissued: world.erased === null ? world.reissued : NEVER }))

export const postReading: fc.Arbitrary<PostReading> = fc.record({
  hour: fc.integer({ min: 1, max: 12 }),
  route: fc.constantFrom('rest' as const, 'stream' as const, 'stream' as const, 'list' as const, 'unread' as const),
  ...{ shortens: fc.boolean(), nameless: fc.boolean(), groupless: fc.boolean(), labels: fc.boolean() },
  vague: fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 5 })),
  position: fc.nat(5),
  ...{ flattens: fc.boolean(), permalink: fc.boolean(), edited: fc.boolean() },
  missed: fc.option(fc.integer({ min: 1, max: 6 }), { nil: null, freq: 2 }),
  gone: fc.option(fc.integer({ min: 1, max: 6 }), { nil: null, freq: 2 }),
  reason: fc.constantFrom('404', 'absent'),
})

export const at = (hour: number): string => new Date(Date.UTC(2026, 0, 1, hour)).toISOString()
const dated = (hour: number): string => new Date(Date.UTC(2025, 0, 1, hour)).toISOString()

/** The row that one reading makes. Natural keys are the numbers themselves. */
export function readState(world: PostWorld, how: PostReading): PostState {
  const { hour, route } = how
  const isReused = hour > world.reused
  const isRest = route === 'rest'
  const nameless = how.nameless && world.reused === NEVER && world.erased === null
  const member = isReused ? 7 : hour > world.authorChanged ? 6 : 5
  const isErased = member === world.erased
  const thread = hour > world.threadMoved ? 2 : 1
  const isPlaced = isRest || route === 'stream'
  const capture = hour * 10 + ['rest', 'stream', 'list', 'unread'].indexOf(route)
  const shown = (isShown: boolean): string | null => (isShown ? at(hour) : null)
  const values: PostValues = {
    thread_id: thread,
    thread_seen_at: shown(isPlaced),
    position: isPlaced ? how.position : null,
    parent_id: isPlaced ? thread * 10 + (isRest ? 5 : how.flattens ? 0 : 4) : null,
    parent_named: isRest ? 1 : 0,
    parent_seen_at: shown(isPlaced),
    group_id: how.groupless ? null : hour > world.regrouped ? 8 : 9,
    group_seen_at: shown(!how.groupless),
    member_id: nameless || isErased ? null : member,
    member_seen_at: shown(!nameless),
    type: how.flattens ? 'activity_comment' : 'reply',
    ...textOf(world, how, isReused, capture),
    ...dateOf(world, how, isReused),
    url: how.permalink ? `${SITE}activity/p/1/` : `${SITE}activity/${route}/`,
    url_seen_at: at(hour),
    ...byLabel(name => (how.labels ? `${name} ${hour > world.relabelled ? 'weeds' : 'beans'}` : null)),
    labels_seen_at: shown(how.labels),
    edited: how.edited ? 1 : 0,
    forgotten: isErased ? 1 : 0,
    ...(isErased && BLANK),
    ...presenceOf(how),
    ...{ first_seen_at: at(hour), last_seen_at: at(hour), first_run_id: 1, last_run_id: 1, last_capture_id: 1 },
  }
  return stateOf(route === 'unread' ? { ...values, ...UNREAD } : values)
}

const BLANK = { title: null, heading: null, html: '', text: '', content_hash: '', truncated: 0 } as const

const UNREAD: Partial<PostValues> = {
  ...{ thread_id: 3, thread_seen_at: null, position: null, parent_id: null, parent_named: 0, parent_seen_at: null },
  ...{ group_id: null, group_seen_at: null, member_id: null, member_seen_at: null, type: 'activity_update' },
  ...{ title: null, heading: null, html: '', text: '', content_hash: '', truncated: 0 },
  ...{ text_capture_id: null, text_seen_at: null, parser: '', posted_at: null, posted_from: null, posted_to: null },
  ...{
    url: `${SITE}activity/p/3/`,
    url_seen_at: null,
    ...byLabel(() => null),
    labels_seen_at: null,
    edited: 0,
    forgotten: 0,
  },
  ...{ status: 'unread', missed_at: null, gone_at: null, gone_reason: null, last_capture_id: null },
}

function textOf(world: PostWorld, { hour, route, shortens }: PostReading, isReused: boolean, capture: number) {
  const version = `${isReused ? 'Other' : hour > world.reissued ? 'Another' : 'Words'} ${world.edits.filter(edit => edit < hour).length}, and more of them`
  const isRest = route === 'rest'
  const whole = isRest && world.shortcode ? `[gallery ids="1"] ${version}` : version
  // Only whole texts prove that the id belongs to another post, or that a new author has changed the text that was there.
  const mayShorten = world.reissued === NEVER && (world.authorChanged === NEVER || world.edits.length === 0)
  const text = shortens && !isRest && mayShorten ? `${version.slice(0, 12)}…` : whole
  const heading = isRest && world.heading ? 'A title' : null
  return {
    ...({ title: null, heading, html: `<p>${text}</p>`, text, truncated: text === whole ? 0 : 1 } as const),
    content_hash: contentHash({ text, heading, links: [], attachments: [] }, SITE),
    ...{ text_capture_id: capture, text_seen_at: at(hour), parser: isRest ? 'rest 1' : 'legacy 1' },
  }
}

function dateOf(world: PostWorld, { hour, route, vague: [before, after], groupless }: PostReading, isReused: boolean) {
  const truth = isReused ? 100 : hour > world.reissued ? 60 : 20
  if (route === 'rest') return { posted_at: dated(truth), posted_from: dated(truth), posted_to: dated(truth) }
  const from = groupless && world.reused === NEVER && world.reissued === NEVER ? null : dated(truth - before)
  return { posted_at: null, posted_from: from, posted_to: dated(truth + after) }
}

function presenceOf({ hour, missed, gone, reason }: PostReading) {
  const missed_at = missed === null ? null : at(hour + missed)
  if (gone === null) return { status: 'live', missed_at, gone_at: null, gone_reason: null } as const
  return { status: 'gone', missed_at, gone_at: at(hour + gone), gone_reason: reason } as const
}

/** As merge reads it from a row: all that decides is in the row, and in the times of the captures. */
export function stateOf(row: PostValues): PostState {
  const readAt = row.text_capture_id === null ? null : at(Math.floor(row.text_capture_id / 10))
  const id = (value: number | null) => (value === null ? null : String(value))
  return {
    row,
    natural: {
      ...{ thread: String(row.thread_id), isOpening: false, parent: id(row.parent_id) },
      ...{ group: id(row.group_id), member: id(row.member_id) },
      ...{ readAt, seenAt: row.text_seen_at ?? readAt ?? '', order: 0 },
    },
  }
}
