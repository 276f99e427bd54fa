import type { Browser } from 'playwright-core'
import { SCENES } from '../scenes/scenes.ts'
import { DEVICES, SCHEMES, setStage, WIDTHS, type Language, type Stage } from '../scenes/stage.ts'
import type { System } from '../support/system.ts'
import type { Camera } from './camera.ts'

/** The scenes that the documents show, and what they add to the name for each view. */
const CHOSEN: ReadonlySet<string> = new Set(['tip', 'cashier', 'thanks', 'records'])
const SUFFIXES: Readonly<Partial<Record<string, string>>> = {
  'phone light zh': '',
  'phone light en': '-en',
}

interface Walk {
  readonly browser: Browser
  readonly system: System
  readonly camera: Camera
  readonly language: Language
  readonly isWanted: (scene: string) => boolean
}

/** Every scene once, and of each a picture for every device and scheme. */
export async function walk({ browser, system, camera, language, isWanted }: Walk): Promise<void> {
  const stage = await setStage(browser, system, language)
  for (const [scene, show] of Object.entries(SCENES).filter(([name]) => isWanted(name))) {
    await stage.clear()
    await show(stage)
    await lookAround(stage, { scene, language, camera })
    if (scene === 'thanks') await savePoster(stage, { language, camera })
  }
  await stage.page.context().close()
}

interface Look {
  readonly scene: string
  readonly language: Language
  readonly camera: Camera
}

async function lookAround({ page }: Stage, { scene, language, camera }: Look): Promise<void> {
  for (const device of DEVICES) {
    await page.setViewportSize(WIDTHS[device])
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme })
      const view = `${device} ${colorScheme} ${language}`
      const suffix = CHOSEN.has(scene) ? SUFFIXES[view] : undefined
      const chosen = suffix === undefined ? {} : { chosenAs: `${scene}${suffix}` }
      await camera.take(page, { scene, view, ...chosen })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(WIDTHS.phone)
}

async function savePoster(
  { page }: Stage,
  { language, camera }: Omit<Look, 'scene'>,
): Promise<void> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('#poster').tap(),
  ])
  await camera.keep({ scene: 'poster', view: language }, (path) => download.saveAs(path))
}
