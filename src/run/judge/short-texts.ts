import { EXIT } from '../../model/errors.js'
import type { Page } from '../../model/page.js'
import type { Problem, TargetReport } from '../../model/reports/run.js'

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

  /** For a target whose requests are all made: none of them gave these texts. Where others have failed, their problems say so. */
  problems({ target: url, problems }: Pick<TargetReport, 'target' | 'problems'>): Problem[] {
    const [first, ...more] = this.ids
    if (first === undefined || problems.length > 0) return []
    const posts = more.length === 0 ? `post ${first}` : `${more.length + 1} posts (the first is ${first})`
    const problem = {
      url,
      message: `The archive holds only the shortened text of ${posts}: no page of ${url} leads to the whole.`,
      advice:
        'Open the post in a browser. If its text is whole there, tell the makers of threadkeep which theme the site has.',
      exitCode: EXIT.partial,
    }
    return [problem]
  }
}
