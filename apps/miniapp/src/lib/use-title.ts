import { useDidShow } from '@tarojs/taro'
import { useEffect } from 'react'
import { setTitle } from './navigation'

/** What the bar of the page says, also after coming back and in another language. */
export function useTitle(title: string): void {
  useDidShow(() => {
    setTitle(title)
  })
  useEffect(() => {
    setTitle(title)
  }, [title])
}
