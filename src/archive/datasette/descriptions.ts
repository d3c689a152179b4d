/** What a table or view is, for those who open the archive with other programs. */
export interface TableDescription {
  description: string
  /** The column that stands for a row where others refer to it. */
  label?: string
  /** Youngest, or greatest, first. Its column has an index. */
  newestBy?: string
  facets?: readonly string[]
  /** The column whose number is that of a row of `posts`: it can be searched as that. */
  searchBy?: string
  columns: Readonly<Record<string, string>>
}

const SEEN = {
  first_seen_at: 'When it was read first (UTC).',
  last_seen_at: 'When it was read last (UTC).',
}

const CONTENT = {
  html: 'The body as the site sent it. Written by strangers: clean it before it is shown in a page.',
  text: 'The body without markup.',
  heading: 'The title that its author gave it (BuddyBoss).',
  content_key: 'Hash of the normalised content: by it an edit is told.',
}

const WHEN = {
  posted_at: 'When it was written (UTC); empty where only an interval is known.',
  posted_from: 'It was written at this time (UTC) or later.',
  posted_to: 'It was written at this time (UTC) or earlier.',
}

/** What people look at. */
export const DESCRIPTIONS: Readonly<Record<string, TableDescription>> = {
  readable_posts: {
    description: 'Posts with the names of their site, group, thread and author: the place to begin.',
    newestBy: 'posted_from',
    facets: ['group', 'type', 'status'],
    searchBy: 'id',
    columns: {
      ...WHEN,
      site: 'Address of the community.',
      group: 'Name of the group; empty outside all groups.',
      thread: "The site's own id of the opening post.",
      parent: "The site's own id of the post that it answers; empty: it opens a thread.",
      activity_id: "The site's own id of the post.",
      author: 'Name of who wrote it; empty: not told, or deleted on the site.',
      type: 'Kind of item, in the words of the software: activity_update, activity_comment, joined_group, …',
      text: CONTENT.text,
      status: 'live, or gone: no longer on the site, its text is kept.',
      url: 'Where it stands on the site.',
    },
  },
  threads: {
    description: 'One row a thread: its opening post, how many replies it has, and how complete it is held.',
    newestBy: 'posted_from',
    searchBy: 'id',
    columns: {
      ...WHEN,
      activity_id: "The site's own id of the opening post.",
      title: 'First words of the opening post, or the title that its author gave it.',
      replies: 'Replies that are held, gone ones too.',
      last_post_at: 'Date of its youngest post.',
      claimed: 'Posts in the last view that showed the whole thread.',
      held: 'How many of these are held with their full text.',
      shortened: 'Posts whose text the site shortened, and whose rest could not be had.',
      whole_view_at: 'When the whole thread was seen last.',
      completeness:
        'complete: all that the site showed is held, in full. short: something is missing. unknown: no whole view yet.',
    },
  },
  posts: {
    description:
      'Every opening post and reply, one row each. Nothing is deleted: what is gone from the site is marked.',
    label: 'title',
    newestBy: 'posted_from',
    facets: ['group_id', 'type', 'status'],
    searchBy: 'id',
    columns: {
      ...WHEN,
      ...SEEN,
      ...CONTENT,
      activity_id: "The site's own id: the identity of the post.",
      thread_id: 'The opening post; its own number: it opens a thread.',
      parent_id: 'The post that it answers.',
      parent_named: '1: the site itself named this parent; 0: it was read off the nesting of a page.',
      group_id: 'The group that it was written in; empty outside all groups.',
      member_id: 'Who wrote it.',
      type: 'Kind of item, in the words of the software.',
      title: 'First words; opening posts only.',
      topic: 'Name of the topic that it was filed under (BuddyBoss).',
      privacy: 'For whom it was written (BuddyBoss).',
      shown_at: 'Its place in the last view of the thread, for siblings without exact dates.',
      truncated: '1: the site shortened the text, and the rest could not be had.',
      edited: '1: the site itself marks it as edited.',
      status: 'live, gone (no longer on the site), or unread (an opening post known by its replies only).',
      missed_at: 'When it was looked for first and not found.',
      gone_at: 'When it was found to be gone.',
      gone_reason: 'What proved that.',
      claimed: 'Opening posts: posts of the thread in its last whole view.',
      whole_view_at: 'Opening posts: when the whole thread was seen last.',
      capture_id: 'The answer of the site that its text was read from.',
      last_capture_id: 'The answer that showed it last.',
      first_run_id: 'The run that found it.',
      last_run_id: 'The run that saw it last.',
      parser: 'Which template read it, and the version of threadkeep.',
    },
  },
  revisions: {
    description: 'Earlier texts of edited posts.',
    newestBy: 'replaced_at',
    columns: {
      ...CONTENT,
      post_id: 'The post as it is now.',
      replaced_at: 'When the newer text was read (UTC).',
      capture_id: 'The answer that this text was read from.',
      replaced_by_id: 'The answer that the newer text was read from.',
    },
  },
  events: {
    description: 'What happened to posts, groups and members: gone, back, renamed. Replaced texts are in revisions.',
    newestBy: 'at',
    facets: ['kind', 'reason'],
    columns: {
      at: 'When it was noticed (UTC).',
      kind: 'gone, back, renamed, forgotten.',
      field: 'Of a renamed group or member: what changed.',
      before: 'What it was.',
      after: 'What it is.',
      reason: 'Of a post that is gone: what proved it.',
      last_seen_at: 'Of a post that is gone: when it was seen last.',
      run_id: 'The run that noticed it.',
    },
  },
  sightings: {
    description: 'Who could see which post: a visitor, or a member.',
    facets: ['reader'],
    columns: { ...SEEN, reader: 'visitor, session or password; with @ARCHIVE behind it after a merge.' },
  },
  sites: {
    description: 'The communities.',
    label: 'name',
    columns: { key: 'Host without www., port and base path: what never changes.' },
  },
  groups: {
    description: 'The groups of the communities.',
    label: 'name',
    columns: {
      ...SEEN,
      group_id: "The site's own id.",
      slug: 'Its name in addresses.',
      status: 'public, private or hidden; empty: not known.',
      access: 'members: this reader may not see its posts.',
      stream_read_at: 'When its posts were last read to the proven end.',
      left_out: 'Items that could not be read in the last reading.',
    },
  },
  members: {
    description: 'The people who wrote, as the sites show them.',
    label: 'name',
    columns: {
      ...SEEN,
      member_id: "The site's own id.",
      slug: 'The name in addresses.',
      name: 'Empty: deleted on the site, or forgotten.',
      forgotten_at: 'When this member was erased from the archive.',
    },
  },
  attachments: {
    description: 'Pictures, videos, files and embeds of posts: their addresses, not their bytes.',
    facets: ['kind'],
    columns: { kind: 'image, video, audio, document, embed.', name: 'Alternative text or title.' },
  },
  links: {
    description: 'Links and mentions in posts.',
    facets: ['kind'],
    columns: { kind: 'link or mention.', text: 'The words that are linked.' },
  },
  runs: {
    description: 'Each time that threadkeep read something.',
    label: 'command',
    newestBy: 'id',
    facets: ['exit_code'],
    columns: {
      command: 'The words of the command line.',
      finished_at: 'Empty: at work, or killed.',
      exit_code: '0 done, 3 partly done, 4 access, 5 nothing recognised, 6 archive, 8 blocked, 130 interrupted.',
      archive_id: 'The archive that it comes from; empty: this one.',
      report: 'What it did, as JSON (threadkeep.run/1).',
    },
  },
  archives: {
    description: 'Archives of other readers that were merged into this one.',
    label: 'label',
    columns: { key: 'Start and words of its first run.', merged_at: 'When it was merged for the first time.' },
  },
  captures: {
    description: 'Each answer of the sites as it came. Bodies are in blobs, compressed, each content once.',
    label: 'url',
    newestBy: 'id',
    facets: ['status', 'wall'],
    columns: {
      url: 'As it was asked for.',
      final_url: 'Where redirects led.',
      captured_at: 'When it came (UTC).',
      same_as_id: 'An earlier answer with the same content.',
      wall: 'Why it was not read: login, not-found, …',
      reader: 'As whom it was asked: visitor, session, password.',
      digest: 'Hash of what was read from it.',
    },
  },
  targets: {
    description: 'What was asked to be archived, and is brought up to date by sync.',
    label: 'url',
    columns: {
      options: 'How it is read, as JSON.',
      registered_at: 'When it was archived first (UTC).',
      pass_started_at: 'Start of its last reading.',
      pass_finished_at: 'End of its last reading; empty: it was interrupted.',
      full_read_at: 'When it was last read whole.',
    },
  },
}

/** Of use to threadkeep alone. */
export const HIDDEN: readonly string[] = ['blobs', 'frontier', 'locks']
