import type { Note } from '../../model/reports/run.js'

/** What robots.txt asks for, and was not done: told once for each host, not once a request. */
export class IgnoredRobots {
  private readonly urls = new Map<string, string[]>()

  note(url: string, what: string): void {
    this.urls.set(what, [...(this.urls.get(what) ?? []), url])
  }

  /** And forgets them. */
  notes(): Note[] {
    const notes = [...this.urls].map(([what, [url = '', ...more]]) => ({
      url,
      message: sentence(what, url, more.length),
    }))
    this.urls.clear()
    return notes
  }
}

const sentence = (what: string, url: string, more: number): string =>
  `robots.txt was ignored, as you wished, for ${url}${more > 0 ? ` and ${more} more` : ''}: ${what}.`
