import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** All of them, to be looked at; kept by nobody. */
export const ALL = new URL('../pictures/', import.meta.url).pathname
/** Those of the documents. */
const CHOSEN = new URL('../../docs/images/', import.meta.url).pathname

// What moves once is shown in the midst of it, what moves for ever at its beginning.
const FREEZE = `for (const animation of document.getAnimations()) {
  const { iterations } = animation.effect.getComputedTiming()
  animation.pause()
  animation.currentTime = iterations === Infinity ? 0 : 1200
}`

export interface Picture {
  readonly scene: string
  /** How it was looked at, as in «phone dark zh». */
  readonly view: string
  readonly file: string
}

interface Shot {
  readonly scene: string
  readonly view: string
  /** Its name in docs/images, if it is one of those. */
  readonly chosenAs?: string
}

type Shoot = (path: string) => Promise<unknown>

export async function openCamera() {
  await mkdir(ALL, { recursive: true })
  const made: Picture[] = []

  async function keep({ scene, view, chosenAs }: Shot, shoot: Shoot): Promise<void> {
    const file = `${scene}.${view.replaceAll(' ', '.')}.png`
    await shoot(join(ALL, file))
    if (chosenAs !== undefined) await copyFile(join(ALL, file), join(CHOSEN, `${chosenAs}.png`))
    made.push({ scene, view, file })
  }
  return {
    made,
    keep,
    async take(page: Page, shot: Shot): Promise<void> {
      await page.evaluate(FREEZE)
      await keep(shot, (path) => page.screenshot({ path }))
    },
  }
}
export type Camera = Awaited<ReturnType<typeof openCamera>>
