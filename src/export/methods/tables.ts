import type { Figure, MethodsGroup } from '../../model/reports/methods.js'
import type { RunRecord } from '../../model/reports/provenance.js'
import type { Column } from '../table/column.js'
import { ranges } from './phrases.js'

export const FIGURE_COLUMNS: readonly Column<Figure>[] = [
  { name: 'figure', type: 'text', meaning: 'What is counted.', certainty: 'observed', value: ({ name }) => name },
  {
    name: 'value',
    type: 'text',
    meaning: 'The figure.',
    certainty: 'observed',
    missing: 'not known',
    value: ({ value }) => (value === null ? null : typeof value === 'number' ? value.toLocaleString('en-US') : value),
  },
  {
    name: 'runs',
    type: 'text',
    meaning: 'Numbers of the runs that it comes from.',
    certainty: 'observed',
    missing: 'of no single run',
    value: ({ runs }) => ranges(runs) || null,
  },
]

export const GROUP_COLUMNS: readonly Column<MethodsGroup>[] = [
  {
    name: 'group',
    type: 'text',
    meaning: 'Name of the group.',
    certainty: 'stated',
    value: ({ name, slug }) => name ?? slug,
  },
  {
    name: 'access',
    type: 'text',
    meaning: 'Whether the reader may see its posts: open, or members only.',
    certainty: 'observed',
    missing: 'not asked for',
    value: ({ access }) => access,
  },
  { name: 'threads', type: 'number', meaning: 'Threads held.', certainty: 'observed', value: ({ threads }) => threads },
  {
    name: 'posts',
    type: 'number',
    meaning: 'Posts held, those that are gone from the site included.',
    certainty: 'observed',
    value: ({ posts }) => posts,
  },
  {
    name: 'gone',
    type: 'number',
    meaning: 'Posts held that are gone from the site.',
    certainty: 'observed',
    value: ({ gonePosts }) => gonePosts,
  },
  {
    name: 'claimed',
    type: 'number',
    meaning: 'Posts that the site showed or counted.',
    certainty: 'stated',
    missing: 'the site did not say, or the group is closed to the reader',
    value: ({ completeness }) => completeness.claimed,
  },
  {
    name: 'held',
    type: 'number',
    meaning: 'Of these, held in full.',
    certainty: 'observed',
    value: ({ completeness }) => completeness.held,
  },
  {
    name: 'completeness',
    type: 'text',
    meaning: 'complete, short or unknown.',
    certainty: 'derived',
    value: ({ completeness }) => completeness.state,
  },
]

export const RUN_COLUMNS: readonly Column<RunRecord>[] = [
  {
    name: 'run',
    type: 'number',
    meaning: 'Number of the run in the archive.',
    certainty: 'observed',
    value: ({ id }) => id,
  },
  {
    name: 'archive',
    type: 'text',
    meaning: 'The merged archive that it comes from.',
    certainty: 'observed',
    missing: 'this archive',
    value: ({ archive }) => archive,
  },
  { name: 'command', type: 'text', meaning: 'The command.', certainty: 'observed', value: ({ command }) => command },
  {
    name: 'version',
    type: 'text',
    meaning: 'Version of threadkeep.',
    certainty: 'observed',
    value: ({ version }) => version,
  },
  {
    name: 'started',
    type: 'time',
    meaning: 'When it began.',
    certainty: 'observed',
    value: ({ startedAt }) => startedAt,
  },
  {
    name: 'ended',
    type: 'time',
    meaning: 'When it ended.',
    certainty: 'observed',
    missing: 'running, or killed',
    value: ({ finishedAt }) => finishedAt,
  },
  {
    name: 'end',
    type: 'text',
    meaning: 'How it ended: exit code, and why it stopped early.',
    certainty: 'observed',
    value: endWords,
  },
  {
    name: 'requests',
    type: 'number',
    meaning: 'Requests sent.',
    certainty: 'observed',
    missing: 'not recorded',
    value: ({ requests }) => requests,
  },
  {
    name: 'responses',
    type: 'number',
    meaning: 'Responses stored.',
    certainty: 'observed',
    value: run => responsesOf(run),
  },
  {
    name: 'readers',
    type: 'text',
    meaning: 'As whom it read.',
    certainty: 'observed',
    missing: 'nothing was read',
    value: run => namesOf(run, 'reader'),
  },
  {
    name: 'routes',
    type: 'text',
    meaning: 'How it read.',
    certainty: 'observed',
    missing: 'nothing was read',
    value: run => namesOf(run, 'route'),
  },
  {
    name: 'posts',
    type: 'number',
    meaning: 'Posts of the archive that it was the first to read.',
    certainty: 'observed',
    value: ({ posts }) => posts,
  },
  {
    name: 'versions',
    type: 'number',
    meaning: 'Earlier versions that it found replaced.',
    certainty: 'observed',
    value: ({ versions }) => versions,
  },
  {
    name: 'gone',
    type: 'number',
    meaning: 'Posts that it found gone.',
    certainty: 'observed',
    value: ({ events }) => events['gone'] ?? 0,
  },
]

function endWords({ exitCode, stopped }: RunRecord): string {
  if (exitCode === null) return 'did not end'
  return stopped === null ? `code ${exitCode}` : `code ${exitCode}, ${stopped}`
}

const responsesOf = ({ captures }: RunRecord): number => captures.reduce((sum, { count }) => sum + count, 0)

const namesOf = ({ captures }: RunRecord, key: 'reader' | 'route'): string | null =>
  [...new Set(captures.map(one => one[key]))].join(', ') || null
