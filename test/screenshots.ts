import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startWorld } from './scenes/past.ts'
import { LANGUAGES } from './scenes/stage.ts'
import { ALL, openCamera } from './screenshots/camera.ts'
import { desk } from './screenshots/desk.ts'
import { overlays } from './screenshots/overlays.ts'
import { sheet } from './screenshots/sheet.ts'
import { walk } from './screenshots/walk.ts'
import { openBrowser } from './support/chromium.ts'

/** `node screenshots.ts wall record` takes the scenes whose names begin so, else all are taken. */
const beginnings = process.argv.slice(2)
const isWanted = (scene: string) =>
  beginnings.length === 0 || beginnings.some((beginning) => scene.startsWith(beginning))

const [system, browser, camera] = await Promise.all([startWorld(), openBrowser(), openCamera()])
const world = { system, browser, camera }

// Side by side, because a page waits for most of its time.
await Promise.all(LANGUAGES.map((language) => walk({ ...world, language, isWanted })))
if (isWanted('overlay')) await overlays(world)
if (isWanted('simulator')) await desk(world)
await writeFile(join(ALL, 'index.html'), sheet(camera.made))

await browser.close()
await system.close()
console.log(`${String(camera.made.length)} pictures; look at test/pictures/index.html`)
// The migration engine's timer would hold the process for ten seconds.
process.exit(0)
