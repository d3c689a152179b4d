import { spawnSync } from 'node:child_process'

/**
 * Python's BeautifulSoup with lxml is the other yardstick of the design. Its side is not written yet: it can only be
 * tried where both are installed, and a number that nobody has seen is worth nothing.
 */
export function pythonRows() {
  const { status } = spawnSync('python3', ['-c', 'import bs4, lxml'], { stdio: 'ignore' })
  const why = status === 0 ? 'its side is not written yet' : 'no bs4 here'
  return [{ what: 'parse: BeautifulSoup+lxml on the same pages', ratio: null, target: null, note: why }]
}
