import type { CoveredFiles } from './covered-reader.js'
import type { Hash } from './numbering.js'

/** Addresses of files hold names of members and of what they uploaded: neutral ones take their place, which lead nowhere (RFC 2606). */
export class NeutralFiles implements CoveredFiles {
  private readonly originals = new Map<string, string>()

  constructor(private readonly hash: Hash) {}

  /** `https://files.invalid/image-3fa9c1d20b7e.jpg` */
  cover(url: string, kind: string): string {
    const extension = /\.[a-z0-9]{1,5}$/i.exec(URL.canParse(url) ? new URL(url).pathname : '')?.[0].toLowerCase() ?? ''
    const covered = `${PLACE}${kind}-${this.hash('file', url).slice(0, 12)}${extension}`
    this.originals.set(covered, url)
    return covered
  }

  original(url: string): string | null {
    return this.originals.get(url) ?? null
  }

  nameOf(url: string): string {
    return url.slice(PLACE.length)
  }
}

const PLACE = 'https://files.invalid/'
