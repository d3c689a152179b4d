import * as z from 'zod'
import type { Asked, Stop } from '../../model/reports/pass.js'
import type { CaptureCount, RunRecord, RunTarget } from '../../model/reports/provenance.js'
import type { TargetReport } from '../../model/reports/run.js'
import type { Statements } from '../database/statements.js'
import { type ShapeOf, shape } from '../schema/shape.js'
import { storedJson } from '../schema/stored-json.js'

interface RunRow extends Pick<RunRecord, 'id' | 'archive' | 'version' | 'startedAt' | 'finishedAt' | 'exitCode'> {
  command: string
  requests: number
  bytes: number
  report: string | null
}

const RUNS = `SELECT runs.id, archives.label AS archive, command, version, started_at AS startedAt, finished_at AS finishedAt, exit_code AS exitCode,
  requests, bytes, report FROM runs LEFT JOIN archives ON archives.id = runs.archive_id ORDER BY started_at, runs.id`

const POSTS = "SELECT first_run_id AS run, count(*) AS count FROM posts WHERE status <> 'unread' GROUP BY first_run_id"

const VERSIONS = `SELECT captures.run_id AS run, count(*) AS count FROM revisions JOIN captures ON captures.id = revisions.replaced_by_id
  GROUP BY captures.run_id`

const EVENTS = 'SELECT run_id AS run, kind, count(*) AS count FROM events GROUP BY run_id, kind ORDER BY run_id, kind'

/** An archive that is only read may be of before schema 4, which has no imports. */
const capturesOf = (sql: Statements): string => `SELECT run_id AS run, reader,
  CASE ${sql.has('captures', 'door') ? "WHEN door IS NOT NULL THEN 'import'" : ''}
    WHEN instr(url, '/admin-ajax.php') > 0 THEN 'ajax' WHEN instr(url, '/wp-json/') > 0 OR instr(url, 'rest_route=') > 0 THEN 'rest'
    WHEN purpose ->> '$.kind' = 'feed' THEN 'feed' WHEN form IS NOT NULL THEN 'ajax' ELSE 'page' END AS route,
  count(*) AS count, count(wall) AS walls FROM captures GROUP BY run_id, reader, route ORDER BY run_id, reader, route`

/** Every run of the log, oldest first. */
export function runRecords(sql: Statements): RunRecord[] {
  const posts = countsByRun(sql, POSTS)
  const versions = countsByRun(sql, VERSIONS)
  const captures = grouped(sql.rows<CaptureCount & Of>(capturesOf(sql)))
  const events = grouped(sql.rows<{ kind: string; count: number } & Of>(EVENTS))
  return sql.rows<RunRow>(RUNS).map(row => ({
    ...factsOf(row),
    captures: (captures.get(row.id) ?? []).map(({ run: _, ...one }) => one),
    posts: posts.get(row.id) ?? 0,
    versions: versions.get(row.id) ?? 0,
    events: Object.fromEntries((events.get(row.id) ?? []).map(({ kind, count }) => [kind, count])),
  }))
}

interface Of {
  run: number
}

function grouped<Row extends Of>(rows: readonly Row[]): Map<number, Row[]> {
  const byRun = new Map<number, Row[]>()
  for (const row of rows) byRun.set(row.run, [...(byRun.get(row.run) ?? []), row])
  return byRun
}

const countsByRun = (sql: Statements, query: string): Map<number, number> =>
  new Map(sql.rows<Of & { count: number }>(query).map(({ run, count }) => [run, count]))

function factsOf({ report, command, requests, bytes, ...row }: RunRow) {
  const { visit, stopped, targets } = storedJson(REPORT, report ?? '{}', 'runs.report')
  const isEnded = row.finishedAt !== null
  return {
    ...row,
    command: /^\S+/.exec(command)?.[0] ?? '',
    stopped: (stopped ?? null) as Stop | null,
    requests: isEnded ? requests : null,
    bytes: isEnded ? bytes : null,
    secondsBetweenRequests: visit?.meanSecondsBetweenRequests ?? null,
    longestWaitSeconds: visit?.longestWaitSeconds ?? null,
    targets: (targets ?? []).map(targetOf),
  }
}

/** What `methods` needs of `runs.report`. The log of a killed run has nothing of it. */
const REPORT = shape(() => {
  const messages = z.array(z.looseObject({ message: z.string() })).optional()
  const asked = z.object({
    via: z.enum(['auto', 'rest', 'ajax', 'page']),
    pauseSeconds: z.tuple([z.number(), z.number()]),
    robots: z.enum(['obeyed', 'ignored']),
    rules: z.array(z.object({ url: z.string(), found: z.boolean(), crawlDelaySeconds: z.number() })),
  }) satisfies z.ZodType<Asked>
  const target = z.looseObject({
    target: z.string(),
    state: z.string(),
    route: z.string().nullish(),
    because: z.string().nullish(),
    posts: z.number().optional(),
    problems: messages,
    notes: messages,
    asked: asked.nullish(),
  })
  return z.looseObject({
    visit: z
      .looseObject({ meanSecondsBetweenRequests: z.number().nullable(), longestWaitSeconds: z.number() })
      .optional(),
    stopped: z.string().nullish(),
    targets: z.array(target).optional(),
  })
})

type Target = NonNullable<ShapeOf<typeof REPORT>['targets']>[number]

const targetOf = ({ target, state, route, because, posts, problems, notes, asked }: Target): RunTarget => ({
  target,
  state: state as TargetReport['state'],
  route: (route ?? null) as TargetReport['route'],
  because: because ?? null,
  posts: posts ?? 0,
  problems: (problems ?? []).map(({ message }) => message),
  notes: (notes ?? []).map(({ message }) => message),
  asked: asked ?? null,
})
