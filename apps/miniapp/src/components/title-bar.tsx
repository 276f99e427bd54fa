import type { FunctionComponent } from 'react'

interface Props {
  readonly title: string
  readonly isFirst: boolean
}

/** WeChat draws the bar of a page. title-bar.h5.tsx is the preview's. */
export const TitleBar: FunctionComponent<Props> = () => null
