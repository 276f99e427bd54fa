import { drawPoster, POSTER_SIZE, type Poster } from '../flow/poster'
import type { Saved } from './saved'

/** A browser has no album: the poster is downloaded. */
export function savePoster(poster: Poster): Promise<Saved> {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, POSTER_SIZE)
  const pen = canvas.getContext('2d')
  if (pen === null) return Promise.resolve('failed')
  drawPoster(pen, poster)
  const link = document.createElement('a')
  link.href = canvas.toDataURL('image/png')
  link.download = 'dashang.png'
  link.click()
  return Promise.resolve('downloaded')
}

export function openAlbumSettings(): Promise<void> {
  return Promise.resolve()
}
