import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

export interface Page {
  readonly html: string
  /** Lets run and shine what the page itself holds, and nothing else. */
  readonly policy: string
}

/** The page for OBS: one file, so the address with its key is never sent along for another. */
export async function readPage(): Promise<Page> {
  const html = await readFile(new URL('overlay.html', import.meta.url), 'utf8')
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(html, 'script')}'`,
    `style-src '${hashOf(html, 'style')}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return { html, policy }
}

function hashOf(html: string, tag: 'script' | 'style'): string {
  const [, content = ''] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(html) ?? []
  return `sha256-${createHash('sha256').update(content).digest('base64')}`
}
