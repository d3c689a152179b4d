/** Description of a table or view, for users who open the archive with Datasette. */
export interface TableDescription {
  description: string
  /** Column that Datasette shows in place of the id where other rows refer to a row. */
  label?: string
  /** Column for the default order, descending. It has an index. */
  newestBy?: string
  facets?: readonly string[]
  /** Column that holds row ids of `posts`, through which the full-text index can search the table. */
  searchBy?: string
  columns: Readonly<Record<string, string>>
}

const SEEN = {
  first_seen_at: 'When it was first seen (UTC).',
  last_seen_at: 'When it was last seen (UTC).',
}

const CONTENT = {
  html: 'The body as the site sent it. It is untrusted HTML: sanitise it before you show it on a page.',
  text: 'The body without markup.',
  heading: 'Title given by the author (BuddyBoss).',
  content_key: 'Content hash of the normalised text: it changes with an edit.',
}

const WHEN = {
  posted_at: 'When it was written (UTC); empty if only an interval is known.',
  posted_from: 'It was written at this time (UTC) or later.',
  posted_to: 'It was written at this time (UTC) or earlier.',
}

/** The tables and views that Datasette shows. */
export const DESCRIPTIONS: Readonly<Record<string, TableDescription>> = {
  readable_posts: {
    description: 'Posts with the names of their site, group, thread and author: start here.',
    newestBy: 'posted_from',
    facets: ['group', 'type', 'status'],
    searchBy: 'id',
    columns: {
      ...WHEN,
      site: 'URL of the site.',
      group: 'Name of the group; empty: in no group.',
      thread: "The site's own id of the opening post.",
      parent: "The site's own id of the parent; empty: an opening post.",
      activity_id: "The site's own id of the post.",
      author: 'Name of the author; empty: not known, or deleted on the site.',
      type: "The software's own type: activity_update, activity_comment, joined_group, …",
      text: CONTENT.text,
      status: 'live, or gone: no longer on the site; its text is kept.',
      url: 'Permalink on the site.',
    },
  },
  threads: {
    description: 'One row for each thread: its opening post, number of replies, and completeness.',
    newestBy: 'posted_from',
    searchBy: 'id',
    columns: {
      ...WHEN,
      activity_id: "The site's own id of the opening post.",
      title: 'Title given by the author, or the first words of the opening post.',
      replies: 'Replies in the archive, including gone ones.',
      last_post_at: 'Date of its newest post.',
      claimed: 'Number of posts in the last whole view of the thread.',
      held: 'Number of these posts in the archive with their full text.',
      shortened: 'Number of posts of which the site gave only a shortened text.',
      whole_view_at: 'When the whole thread was last seen.',
      completeness:
        'complete: every post that the site showed is archived in full. short: something is missing. unknown: no whole view yet.',
    },
  },
  posts: {
    description: 'Every opening post and reply, one row each. Posts that are gone from the site stay, and are marked.',
    label: 'title',
    newestBy: 'posted_from',
    facets: ['group_id', 'type', 'status'],
    searchBy: 'id',
    columns: {
      ...WHEN,
      ...SEEN,
      ...CONTENT,
      activity_id: "The site's own id, which identifies the post.",
      thread_id: 'The opening post of the thread; of an opening post, the row itself.',
      parent_id: 'The post that it replies to.',
      parent_named: '1: the site itself named this parent; 0: derived from the nesting of a page.',
      group_id: 'The group of the post; empty: in no group.',
      member_id: 'The author.',
      type: "The software's own type.",
      title: 'Title or first words; opening posts only.',
      topic: 'Name of the topic of the post (BuddyBoss).',
      privacy: 'Audience of the post (BuddyBoss).',
      shown_at: 'Position in the last view of the thread, for siblings without exact dates.',
      truncated: '1: the site gave only a shortened text.',
      edited: '1: the site itself marks it as edited.',
      status: 'live, gone (no longer on the site), or unread (an opening post known only from its replies).',
      missed_at: 'When it was first not found where it was expected.',
      gone_at: 'When it was found to be gone.',
      gone_reason: 'What proved that it is gone.',
      claimed: 'Opening posts: number of posts in the last whole view of the thread.',
      whole_view_at: 'Opening posts: when the whole thread was last seen.',
      capture_id: 'The capture that its text was read from.',
      last_capture_id: 'The last capture that showed it.',
      first_run_id: 'The run that first saw it.',
      last_run_id: 'The run that last saw it.',
      parser: 'The template that read it, and the version of threadkeep.',
    },
  },
  revisions: {
    description: 'Earlier texts of edited posts.',
    newestBy: 'replaced_at',
    columns: {
      ...CONTENT,
      post_id: 'The post, with its present text.',
      replaced_at: 'When the newer text was read (UTC).',
      capture_id: 'The capture that this text was read from.',
      replaced_by_id: 'The capture that the newer text was read from.',
    },
  },
  events: {
    description: 'Events of posts, groups and members: gone, back, renamed. Replaced texts are in revisions.',
    newestBy: 'at',
    facets: ['kind', 'reason'],
    columns: {
      at: 'When threadkeep noticed it (UTC).',
      kind: 'gone, back, renamed, forgotten.',
      field: 'renamed: the field that changed.',
      before: 'renamed: the old value.',
      after: 'renamed: the new value.',
      reason: 'gone: what proved that the post is gone.',
      last_seen_at: 'gone: when the post was last seen.',
      run_id: 'The run that noticed it.',
    },
  },
  sightings: {
    description: 'Which reader saw which post: a visitor, or a member.',
    facets: ['reader'],
    columns: { ...SEEN, reader: 'visitor, session or password; followed by @ARCHIVE after a merge.' },
  },
  sites: {
    description: 'The archived sites.',
    label: 'name',
    columns: { key: 'Host without www., port and base path: identifies the site.' },
  },
  groups: {
    description: 'The groups of the sites.',
    label: 'name',
    columns: {
      ...SEEN,
      group_id: "The site's own id.",
      slug: 'Its name in URLs.',
      status: 'public, private or hidden; empty: not known.',
      access: 'members: this reader may not see its posts.',
      stream_read_at: 'When its stream was last read to the proven end.',
      left_out: 'Number of items in its stream that could not be parsed in the last pass.',
    },
  },
  members: {
    description: 'Authors and other members, as the sites show them.',
    label: 'name',
    columns: {
      ...SEEN,
      member_id: "The site's own id.",
      slug: 'The name in URLs.',
      name: 'Empty: deleted on the site, or erased from the archive.',
      forgotten_at: 'When this member was erased from the archive.',
    },
  },
  attachments: {
    description: 'Pictures, videos, files and embeds of posts: their URLs, not their content.',
    facets: ['kind'],
    columns: { kind: 'image, video, audio, document, embed.', name: 'Alternative text or title.' },
  },
  links: {
    description: 'Links and mentions in posts.',
    facets: ['kind'],
    columns: { kind: 'link or mention.', text: 'The text of the link.' },
  },
  runs: {
    description: 'The runs of threadkeep that wrote to the archive.',
    label: 'command',
    newestBy: 'id',
    facets: ['exit_code'],
    columns: {
      command: 'The command line.',
      finished_at: 'Empty: still running, or killed.',
      exit_code: '0 done, 3 partly done, 4 access, 5 nothing recognised, 6 archive, 8 blocked, 130 interrupted.',
      archive_id: 'The merged archive that the run comes from; empty: this archive.',
      report: 'Report of the run as JSON (threadkeep.run/1).',
    },
  },
  archives: {
    description: 'Archives of other readers that were merged into this one.',
    label: 'label',
    columns: { key: 'Start time and command line of its first run.', merged_at: 'When it was first merged.' },
  },
  captures: {
    description: 'Each response of the sites as received. Bodies are in blobs, compressed, each distinct body once.',
    label: 'url',
    newestBy: 'id',
    facets: ['status', 'wall'],
    columns: {
      url: 'The requested URL.',
      final_url: 'The URL after redirects.',
      captured_at: 'When the response was complete (UTC).',
      same_as_id: 'An earlier capture with the same meaning, whose body this one shares.',
      wall: 'What the site sent instead of content: login, not-found, …',
      reader: 'The reader who made the request: visitor, session, password.',
      digest: 'Page fingerprint: hash of what the parser read.',
    },
  },
  targets: {
    description: 'The URLs that the user asked to archive, and that sync updates.',
    label: 'url',
    columns: {
      options: 'How sync reads it, as JSON.',
      registered_at: 'When it was added (UTC).',
      pass_started_at: 'Start of its last pass.',
      pass_finished_at: 'End of its last pass; empty: interrupted.',
      full_read_at: 'End of its last whole pass.',
    },
  },
}

/** Tables that only threadkeep uses; Datasette hides them. */
export const HIDDEN: readonly string[] = ['blobs', 'frontier', 'locks']
