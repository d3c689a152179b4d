import { EXIT } from '../../model/errors.js'
import type { Page } from '../../model/page.js'
import type { Problem } from '../../model/reports/run.js'

/** The posts of which a run has seen only a shortened text. */
export class ShortTexts {
  private readonly ids = new Set<string>()

  note({ posts, text }: Page): void {
    for (const { id, truncated } of posts) {
      if (truncated) this.ids.add(id)
      else this.ids.delete(id)
    }
    if (text && !text.truncated) this.ids.delete(text.id)
  }

  /** For a run that has made all of its requests: none of them gave these texts. */
  problem(url: string): Problem | undefined {
    const [first, ...more] = this.ids
    if (first === undefined) return undefined
    const posts = more.length === 0 ? `post ${first}` : `${more.length + 1} posts (the first is ${first})`
    return {
      url,
      message: `The archive holds only the shortened text of ${posts}: no page of ${url} leads to the whole.`,
      advice:
        'Open the post in a browser. If its text is whole there, tell the makers of threadkeep which theme the site has.',
      exitCode: EXIT.partial,
    }
  }
}
