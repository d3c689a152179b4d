import { spawnSync } from 'node:child_process'

/** A Python that has these modules: that of `PYTHON`, or one of the system; null: there is none. */
export const pythonWith = modules =>
  [process.env.PYTHON ?? 'python3', '/usr/bin/python3'].find(
    python => spawnSync(python, ['-c', `import ${modules}`], { stdio: 'ignore' }).status === 0,
  ) ?? null

/**
 * Parsing by BeautifulSoup with lxml is the other reference of the design: its side is not written yet, and a number that was never
 * measured is worth nothing. bench/archive.js measures how long archiving takes in Python.
 */
export function pythonRows() {
  const why = pythonWith('bs4, lxml') ? 'its side is not written yet' : 'no bs4 here'
  return [{ what: 'parse: BeautifulSoup+lxml on the same pages', ratio: null, target: null, note: why }]
}
