import { page, reflow } from './layout.js'

/** Lines for a shell and for a crontab. A test parses the commands in them. */
export const LINES = {
  once: 'threadkeep archive https://community.example/ --db /srv/bees.db',
  nightly: 'threadkeep sync -q --db /srv/bees.db --time-limit 2h --wait-lock 10m',
  check: 'threadkeep status --check --db /srv/bees.db',
}

const NOTES = [
  'A job has a short PATH: write the whole path of threadkeep (command -v threadkeep), or set PATH above the lines. A run may be stopped or killed at any time: the next one goes on. The limit ends it cleanly, with code 3.',
  'cron mails what a line prints: -q leaves only warnings and errors, and the second line says nothing if all is well (code 0: threadkeep status --help). What the codes of the first mean: threadkeep help exit-codes. With --json, a run prints a report for programs.',
  'Options that do not change belong into threadkeep.yaml beside the archive: threadkeep config --help. Recipes for systemd, containers, launchd, Windows and monitors: docs/jobs.md.',
]

/** The topic `schedule`. */
export const text = (width: number): string =>
  page(
    `Once, by hand, until it ends with 0:\n  $ ${LINES.once}`,
    `Then every night, in a crontab (crontab -e):\n  7 3 * * * ${LINES.nightly}\n  47 7 * * * x=$(${LINES.check}) || echo "$x"`,
    ...NOTES.map(note => reflow(note, width)),
  )
