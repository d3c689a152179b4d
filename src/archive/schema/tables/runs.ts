import { blob, flag, integer, maybeInteger, maybeText, maybeTo, since, type Table, text, to } from '../describe.js'

export const RUNS = {
  name: 'runs',
  about: 'The runs of threadkeep that wrote to the archive.',
  label: 'command',
  newestBy: 'id',
  facets: ['exit_code'],
  columns: {
    id: integer('Number of the row.'),
    archive_id: maybeTo('archives', 'The merged archive that the run comes from; empty: this archive.'),
    command: text('The command line.', 'identity'),
    version: text('The version of threadkeep.', 'identity'),
    started_at: text('When it began (UTC).', 'identity'),
    finished_at: maybeText('Empty: still running, or killed.', 'latest'),
    exit_code: maybeInteger(
      '0 done, 3 partly done, 4 access, 5 nothing recognised, 6 archive, 8 blocked, 130 interrupted.',
      'latest',
    ),
    requests: integer('Requests that it made.', 'latest'),
    bytes: integer('Bytes that it received.', 'latest'),
    new_posts: integer('Posts that it added.', 'latest'),
    changed_posts: integer('Posts whose text it changed.', 'latest'),
    report: maybeText('Report of the run as JSON (threadkeep.run/1).', 'latest'),
  },
} as const satisfies Table

export const ARCHIVES = {
  name: 'archives',
  about: 'Archives of other readers that were merged into this one.',
  label: 'label',
  columns: {
    id: integer('Number of the row.'),
    key: text('Start time and command line of its first run: identifies it.', 'identity'),
    label: text('Its readers are called session@LABEL.'),
    merged_at: text('When it was first merged.'),
  },
} as const satisfies Table

export const BLOBS = {
  name: 'blobs',
  about: 'Bodies of captures, each distinct body once.',
  hidden: true,
  columns: {
    id: integer('Number of the row.'),
    sha256: text('Hash of the body before compression, nonces blanked.', 'identity'),
    size: integer('Size before compression, in bytes.', 'identity'),
    encoding: text('How the body is compressed: gzip.', 'identity'),
    body: blob('The compressed body.'),
  },
} as const satisfies Table

export const CAPTURES = {
  name: 'captures',
  about: 'Each response of the sites as received. Bodies are in blobs, compressed, each distinct body once.',
  label: 'url',
  newestBy: 'id',
  facets: ['status', 'wall'],
  columns: {
    id: integer('Number of the row.'),
    run_id: to('runs', 'The run that made the request.', 'identity'),
    method: text('GET or POST.', 'identity'),
    url: text('The requested URL.', 'identity'),
    form: maybeText('Fields of a POST as JSON, never its nonce.', 'identity'),
    referer: maybeText('The page that the request named as its origin.', 'identity'),
    site_url: maybeText('AJAX: the community, as the page of the request gave it.', 'identity'),
    final_url: text('The URL after redirects.', 'identity'),
    status: integer('Status code of the response.', 'identity'),
    headers: text('Headers of the response as JSON, without Set-Cookie.', 'identity'),
    blob_id: to('blobs', 'Its body.'),
    captured_at: text('When the response was complete (UTC).', 'identity'),
    same_as_id: maybeTo('captures', 'An earlier capture with the same meaning, whose body this one shares.'),
    wall: maybeText('What the site sent instead of content: login, not-found, …', 'latest'),
    reader: text('The reader who made the request: visitor, session, password.', 'identity'),
    purpose: text('The task of the request as JSON.', 'identity'),
    fingerprint: maybeText('Page fingerprint: hash of what the parser read; empty: not read.', 'latest'),
    withheld: flag('1: its body was emptied, because it contained text or names of an erased member.', 'greatest'),
    door: since(
      4,
      maybeText('How it was imported: text, page, mhtml, warc, wacz, …; empty: read from the site.', 'identity'),
    ),
    origin: since(4, maybeText('Name of the file that it was imported from.', 'identity')),
    time_is_bound: since(4, flag('1: captured_at is only the latest time at which it can have been made.', 'identity')),
    not_before: since(
      4,
      maybeText(
        'time_is_bound: the earliest time at which it can have been made, by the dates of its posts.',
        'latest',
      ),
    ),
  },
} as const satisfies Table

/** When a capture (SQL alias) was made: the earliest time, if only a bound is known. */
export const MADE_AT = (capture: string): string => `COALESCE(${capture}.not_before, ${capture}.captured_at)`

export const TARGETS = {
  name: 'targets',
  about: 'The URLs that the user asked to archive, and that sync updates.',
  label: 'url',
  columns: {
    id: integer('Number of the row.'),
    url: text('The URL.', 'identity'),
    options: text('How sync reads it, as JSON.', 'reading'),
    registered_at: text('When it was added (UTC).', 'earliest'),
    pass_started_at: maybeText('Start of its last pass.', 'reading'),
    pass_finished_at: maybeText('End of its last pass; empty: interrupted.', 'reading'),
    pass_after_id: integer('The last capture before its last pass.'),
    pass_plan: maybeText('How much of it the last pass reads, as JSON.', 'reading'),
    pass_stage: integer('Number of stages that the last pass has begun.', 'reading'),
    full_read_at: maybeText('End of its last whole pass without gaps in its lists.', 'latest'),
  },
} as const satisfies Table

export const FRONTIER = {
  name: 'frontier',
  about: "The requests of each target's last pass.",
  hidden: true,
  columns: {
    id: integer('Number of the row.'),
    target_id: to('targets', 'The target.'),
    key: text('Identifies the request within its pass.'),
    task: text('The task as JSON.'),
    group_id: maybeTo('groups', 'The group that the task belongs to.'),
    state: text('pending, done, failed; past: failed in an earlier pass, and not requested again yet.'),
    reason: maybeText('Why it failed or was postponed.'),
    capture_id: maybeTo('captures', 'Its response.'),
  },
} as const satisfies Table

export const LOCKS = {
  name: 'locks',
  about: 'The run that writes at present.',
  hidden: true,
  columns: {
    id: integer('Always 1.'),
    pid: integer('Id of the process that holds it.'),
    host: text('Its machine.'),
    started_at: text('Since when (UTC).'),
    command: text('Its command line.'),
    place: since(
      3,
      maybeText('Start of the machine and PID namespace in which its process id counts; empty: unknown.'),
    ),
    beat_at: since(3, maybeText('Its last sign of life (UTC), at least every 30 seconds.')),
  },
} as const satisfies Table
