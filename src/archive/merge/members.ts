import { joinStoredMarks, type StoredMarks } from '../erasure/name-marks.js'
import { MEMBER_KIND } from '../fold/identity.js'
import type { NamedRow } from '../fold/names.js'
import { better } from '../fold/precedence.js'
import { MARKS, storedJson } from '../schema/stored-json.js'
import type { EntityMergeRules } from './entities.js'

interface MemberRow extends NamedRow {
  avatar_url: string | null
  forgotten_at: string | null
  forgotten_marks: string | null
}

export const MEMBERS: EntityMergeRules<MemberRow> = {
  kind: {
    ...MEMBER_KIND,
    referring: ['posts', 'revisions', 'events'],
  },
  columns: (s, site) =>
    `${s}.id, ${site} AS site_id, ${s}.site_member_id AS native, ${s}.slug, ${s}.name, ${s}.url, ${s}.first_seen_at, ${s}.last_seen_at, ${s}.named_at,
      ${s}.avatar_url, ${s}.forgotten_at, ${s}.forgotten_marks`,
  renamed: ['name', 'slug'],
  mergedColumns: (a, b) => ({
    avatar_url: better(a, b, row => [row.avatar_url !== null, row.last_seen_at, row.avatar_url]).avatar_url,
    forgotten_at: better(a, b, row => [row.forgotten_at]).forgotten_at,
    forgotten_marks: mergedMarks(a, b),
  }),
}

/** Hashes of both archives: each may have names that the other lacks. */
function mergedMarks(a: MemberRow, b: MemberRow): string | null {
  const first = better(a, b, row => [row.forgotten_at, row.forgotten_marks])
  const texts = [first, first === a ? b : a].map(({ forgotten_marks }) => forgotten_marks)
  const [one, other] = texts.map(text => (text === null ? null : storedJson(MARKS, text, 'members.forgotten_marks')))
  if (!one || !other) return first.forgotten_marks
  const merged = joinStoredMarks(one, other)
  const isAs = (kept: StoredMarks) => kept.hashes === merged.hashes && kept.redact === merged.redact
  return isAs(one) ? (texts[0] ?? null) : isAs(other) ? (texts[1] ?? null) : JSON.stringify(merged)
}
