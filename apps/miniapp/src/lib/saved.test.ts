import { expect, it } from 'vitest'
import { savedOf } from './saved'

it.each([
  ['saveImageToPhotosAlbum:fail auth deny', 'denied'],
  ['saveImageToPhotosAlbum:fail:auth denied', 'denied'],
  ['saveImageToPhotosAlbum:fail authorize no response', 'denied'],
  ['saveImageToPhotosAlbum:fail cancel', 'cancelled'],
  ['canvasToTempFilePath:fail fail canvas is empty', 'failed'],
  [undefined, 'failed'],
] as const)('reads %j as %s', (errMsg, saved) => {
  expect(savedOf({ errMsg })).toBe(saved)
  expect(savedOf(null)).toBe('failed')
})
