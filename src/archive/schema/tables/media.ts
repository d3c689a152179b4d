import type { MediaReason, MediaState } from '../../../model/media/media.js'
import { integer, maybeInteger, maybeText, maybeTo, type Table, text, to } from '../describe.js'

export const MEDIA = {
  name: 'media',
  about:
    'Files of posts and members: each address once, with what became of it. The files are in the folder NAME.media.',
  label: 'url',
  facets: ['kind', 'state', 'reason', 'type'],
  columns: {
    id: integer('Number of the row.'),
    url: text('Address of the file, as posts and members show it.', 'identity'),
    kind: text('What it is shown as: image, video, audio, document, or avatar.', 'first'),
    state: text<MediaState>('wanted (not requested yet), kept, missing, refused, failed.', 'latest'),
    reason: maybeText<MediaReason>('Why it is not kept: not-found, too-large, page, robots, …', 'latest'),
    detail: maybeText('More about the reason, such as HTTP 503.', 'latest'),
    sha256: maybeText('Hash of its content; the file is NAME.media/ab/abcdef….ext.', 'latest'),
    type: maybeText('Media type, judged by the content.', 'latest'),
    declared_type: maybeText('Media type that the host declared.', 'latest'),
    size: maybeInteger('Bytes; of a file that is too large, how many there are at least.', 'latest'),
    name: maybeText('Name under which it was uploaded, without folders.', 'latest'),
    final_url: maybeText('The address after redirects.', 'latest'),
    fetched_at: maybeText('When it was fetched (UTC).', 'latest'),
    asked_at: maybeText('When it was last requested (UTC).', 'latest'),
    again_at: maybeText('When a run requests it again (UTC); empty: not by itself.', 'latest'),
    tries: integer('How often it was requested without success.', 'latest'),
    reader: maybeText('As whom it was last requested: visitor or session.', 'latest'),
    run_id: maybeTo('runs', 'The run that last requested it.', 'latest'),
  },
} as const satisfies Table

export const MEDIA_USES = {
  name: 'media_uses',
  about: 'Which posts and members show which files, or showed them in an earlier version.',
  hidden: true,
  columns: {
    id: integer('Number of the row.'),
    media_id: to('media', 'The file.', 'identity'),
    post_id: maybeTo('posts', 'The post that shows it.', 'identity'),
    member_id: maybeTo('members', 'The member whose picture it is.', 'identity'),
  },
} as const satisfies Table
