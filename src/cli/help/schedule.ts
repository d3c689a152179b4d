import { page, reflow } from './layout.js'

/** Lines for a shell and for a crontab. A test parses the commands in them. */
export const LINES = {
  once: 'threadkeep archive https://community.example/ --db /srv/bees.db',
  nightly: 'threadkeep sync --db /srv/bees.db --time-limit 2h --wait-lock 10m',
  check: 'threadkeep status --check --db /srv/bees.db',
}

const NOTES = [
  'A job has a short PATH: write the whole path of threadkeep (command -v threadkeep), or set PATH above the lines. A run may be stopped or killed at any time: the next one goes on. The limit ends it cleanly, with code 3.',
  'The check prints one line and ends with 0 if all is well: threadkeep status --help. What the other codes mean: threadkeep help exit-codes. With --json, a run prints a report for programs.',
  'Options that do not change belong into threadkeep.yaml beside the archive: threadkeep config --help. Recipes for systemd, containers, launchd, Windows and monitors: docs/jobs.md.',
]

/** The topic `schedule`. */
export const text = (width: number): string =>
  page(
    `Once, by hand, until it ends with 0:\n  $ ${LINES.once}`,
    `Then every night, in a crontab (crontab -e):\n  17 3 * * *  ${LINES.nightly}\n  47 7 * * *  ${LINES.check}`,
    ...NOTES.map(note => reflow(note, width)),
  )
