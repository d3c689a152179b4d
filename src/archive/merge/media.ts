import { MEDIA } from '../schema/tables/media.js'
import type { MergeDatabase } from './merge-database.js'

/** What is known of a file, in the order in which it counts: a kept one, then the later reading. */
const rank = (media: string): string =>
  `(${media}.state = 'kept', COALESCE(${media}.fetched_at, ''), COALESCE(${media}.asked_at, ''), COALESCE(${media}.sha256, ''))`

const VALUES = Object.keys(MEDIA.columns).filter(name => !['id', 'url', 'run_id'].includes(name))

const BETTER = `UPDATE main.media SET ${VALUES.map(name => `${name} = s.${name}`).join(', ')},
    run_id = (SELECT new FROM temp.merged_runs WHERE old = s.run_id)
  FROM other.media AS s WHERE s.url = media.url AND ${rank('s')} > ${rank('media')}`

const NEW = 'other.media AS s WHERE NOT EXISTS (SELECT 1 FROM main.media AS mine WHERE mine.url = s.url) ORDER BY s.id'

const USES = `INSERT INTO main.media_uses (media_id, post_id, member_id) SELECT mine.id, post.new, member.new
  FROM other.media_uses AS s JOIN other.media AS theirs ON theirs.id = s.media_id JOIN main.media AS mine ON mine.url = theirs.url
  LEFT JOIN temp.merged_posts AS post ON post.old = s.post_id LEFT JOIN temp.merged_members AS member ON member.old = s.member_id
  WHERE (s.post_id IS NULL) = (post.new IS NULL) AND (s.member_id IS NULL) = (member.new IS NULL) ORDER BY s.id ON CONFLICT DO NOTHING`

/** Merges what is known of files, by address. The files themselves are copied afterwards (`MediaStore.bring`). */
export function mergeMedia(work: MergeDatabase): void {
  work.write(BETTER)
  work.copy(MEDIA, {}, NEW, { without: ['id'] })
  work.write(USES)
}
