import type { Picture } from './camera.ts'

const STYLE = `
  body { margin: 24px; background: #e9e9e9; font: 14px system-ui, sans-serif; color: #222 }
  nav a { margin-right: 12px }
  h2 { margin: 32px 0 8px }
  section div { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start }
  figure { margin: 0 }
  figcaption { padding-top: 4px; color: #666 }
  img { height: 480px; max-width: 100%; object-fit: contain; box-shadow: 0 1px 8px #0003 }`

/** One page with every picture: a row for each scene, and in it all the ways to look at it. */
export function sheet(pictures: readonly Picture[]): string {
  const scenes = [...new Set(pictures.map(({ scene }) => scene))]
  const links = scenes.map((scene) => `<a href="#${scene}">${scene}</a>`)
  const sections = scenes.map((scene) => section(scene, pictures))
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>dashang in pictures</title>
<style>${STYLE}
</style>
<nav>${links.join('\n')}</nav>
${sections.join('\n')}
</html>
`
}

function section(scene: string, pictures: readonly Picture[]): string {
  const figures = pictures
    .filter((picture) => picture.scene === scene)
    .map(({ view, file }) => {
      const image = `<img loading="lazy" src="${file}" alt="${scene}, ${view}">`
      return `<figure>${image}<figcaption>${view}</figcaption></figure>`
    })
  return `<section id="${scene}"><h2>${scene}</h2><div>${figures.join('\n')}</div></section>`
}
