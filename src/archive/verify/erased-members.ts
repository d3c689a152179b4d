import { type Check, fromQueries } from './check.js'

const FORGET_AGAIN = 'threadkeep forget MEMBER'

export const ERASED_MEMBERS: Check = fromQueries('forgotten', 'nothing is left of erased members', [
  {
    what: 'A post of an erased member has content or an author.',
    sql: `SELECT 'post ' || site_post_id || ' (row ' || id || ')' FROM main.posts WHERE forgotten = 1
        AND (text <> '' OR html <> '' OR heading IS NOT NULL OR title IS NOT NULL OR member_id IS NOT NULL
          OR EXISTS (SELECT 1 FROM main.revisions WHERE post_id = posts.id AND revisions.member_id IS NULL)
          OR EXISTS (SELECT 1 FROM main.attachments WHERE post_id = posts.id)
          OR EXISTS (SELECT 1 FROM main.links WHERE post_id = posts.id))`,
    mend: FORGET_AGAIN,
  },
  {
    what: 'An erased member has a name or a post.',
    sql: `SELECT 'member row ' || id FROM main.members WHERE forgotten_at IS NOT NULL
        AND (slug IS NOT NULL OR name IS NOT NULL OR url IS NOT NULL OR avatar_url IS NOT NULL OR forgotten_marks IS NULL
          OR EXISTS (SELECT 1 FROM main.posts WHERE member_id = members.id)
          OR EXISTS (SELECT 1 FROM main.revisions WHERE member_id = members.id))`,
    mend: FORGET_AGAIN,
  },
  {
    what: 'A capture whose body was withheld has a body.',
    sql: `SELECT 'capture ' || captures.id FROM main.captures JOIN main.blobs ON blobs.id = blob_id WHERE withheld = 1 AND size > 0`,
    mend: FORGET_AGAIN,
  },
])
