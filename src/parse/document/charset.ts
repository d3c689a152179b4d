import type { Capture } from '../../model/capture.js'

/** The body as text: decoded by the charset of the header, else of the page's `<meta>`, else as UTF-8. Invalid bytes become U+FFFD. */
export function textOfCapture(capture: Capture): string {
  const head = new TextDecoder('latin1').decode(capture.body.subarray(0, 1024))
  const label =
    /charset=["']?([\w-]+)/i.exec(capture.headers['content-type'] ?? '')?.[1] ??
    /<meta[^>]+charset=["']?([\w-]+)/i.exec(head)?.[1] ??
    'utf-8'
  return decoderFor(label).decode(capture.body)
}

function decoderFor(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder('utf-8')
  }
}
