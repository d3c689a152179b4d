import type { Ways } from './entities.js'
import type { Named } from './names.js'
import { better } from './ranks.js'

export interface MemberRow extends Named {
  avatar_url: string | null
  forgotten_at: string | null
  forgotten_marks: string | null
}

export const MEMBERS: Ways<MemberRow> = {
  kind: { table: 'members', native: 'member_id', referring: ['posts', 'events'] },
  columns: (s, site) =>
    `${s}.id, ${site} AS site_id, ${s}.member_id AS native, ${s}.slug, ${s}.name, ${s}.url, ${s}.first_seen_at, ${s}.last_seen_at,
      ${s}.avatar_url, ${s}.forgotten_at, ${s}.forgotten_marks`,
  renamed: ['name', 'slug'],
  joined: (a, b) => ({
    avatar_url: better(a, b, row => [row.avatar_url !== null, row.last_seen_at, row.avatar_url]).avatar_url,
    ...forgotten(better(a, b, row => [row.forgotten_at, row.forgotten_marks])),
  }),
}

/** Who was forgotten in one archive is: `Forgetting.again` erases what the other one still had. */
const forgotten = ({ forgotten_at, forgotten_marks }: MemberRow): Partial<MemberRow> => ({
  forgotten_at,
  forgotten_marks,
})
