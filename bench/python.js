import { spawnSync } from 'node:child_process'

/**
 * Python's BeautifulSoup with lxml is the other reference of the design. Its measurement is not written yet, because it can
 * only be tested where both are installed, and a number that was never measured is worth nothing.
 */
export function pythonRows() {
  const { status } = spawnSync('python3', ['-c', 'import bs4, lxml'], { stdio: 'ignore' })
  const why = status === 0 ? 'its side is not written yet' : 'no bs4 here'
  return [{ what: 'parse: BeautifulSoup+lxml on the same pages', ratio: null, target: null, note: why }]
}
