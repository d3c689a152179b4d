import type { Key } from 'node:readline'
import type { ScreenProgram } from '../terminal/full-screen.js'
import { type Paint, PLAIN } from '../text/paint.js'
import { frame } from './frame.js'
import { keyName } from './keys.js'
import type { Library, ScreenPage, Size, State } from './page.js'
import { press, resized } from './press.js'

/** Keeps the state between the keys. */
export class ReadingProgram implements ScreenProgram {
  private state: State
  private size: Size = { width: 80, height: 24 }
  private readonly paint: Paint

  constructor(
    first: ScreenPage,
    private readonly library: Library,
    paint: Paint,
  ) {
    this.state = { pages: [first], message: '', prompt: null }
    // The edge of the window would cut a link in two.
    this.paint = { ...paint, link: PLAIN.link }
  }

  draw(width: number, height: number) {
    if (width !== this.size.width || height !== this.size.height) {
      this.size = { width, height }
      this.state = resized(this.state, { size: this.size, paint: this.paint })
    }
    return frame(this.state, this.size, this.paint)
  }

  key(text: string | undefined, key: Key): boolean {
    const { size, paint, library } = this
    const name = keyName(text, key)
    const next = name === null ? this.state : press(this.state, name, { size, paint, library })
    if (next) this.state = next
    return next !== null
  }
}
