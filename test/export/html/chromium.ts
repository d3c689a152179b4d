import { spawn, spawnSync } from 'node:child_process'

const CHROMIUM = 'chromium'

export const hasChromium = spawnSync(CHROMIUM, ['--version']).status === 0

/** The page after its scripts have run. `milliseconds`: of the page's own time, which does not pass on this machine. */
export function shownByChromium(url: string, profile: string, milliseconds: number): Promise<string> {
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    `--user-data-dir=${profile}`,
    `--virtual-time-budget=${milliseconds}`,
  ]
  return new Promise((resolve, reject) => {
    const browser = spawn(CHROMIUM, [...flags, '--dump-dom', url], { stdio: ['ignore', 'pipe', 'ignore'] })
    let text = ''
    browser.stdout.setEncoding('utf8').on('data', piece => {
      text += piece
    })
    browser.on('error', reject).on('close', () => resolve(text))
  })
}
