import Taro from '@tarojs/taro'
import { drawPoster, POSTER_SIZE, type Pen, type Poster } from '../flow/poster'
import { savedOf, type Saved } from './saved'

/** Draws off the page and saves to the album, which asks the person. poster.h5.ts is the preview's. */
export async function savePoster(poster: Poster): Promise<Saved> {
  try {
    const canvas = Taro.createOffscreenCanvas({ type: '2d', ...POSTER_SIZE })
    drawPoster(canvas.getContext('2d') as Pen, poster)
    const { tempFilePath } = await Taro.canvasToTempFilePath({
      // Taro's type knows the canvas of a page only; WeChat takes both.
      canvas: canvas as unknown as Taro.Canvas,
    })
    await Taro.saveImageToPhotosAlbum({ filePath: tempFilePath })
    return 'saved'
  } catch (error) {
    return savedOf(error)
  }
}

/** After a refusal WeChat asks no more; only its settings can undo it. */
export async function openAlbumSettings(): Promise<void> {
  await Taro.openSetting()
}
