import type { ApiErrorCode } from '../flow/api-error'
import { errorWords } from '../words/errors'
import { useWords } from '../words/use-words'
import { Notice } from './notice'

interface Props {
  readonly code: ApiErrorCode
  readonly onRetry: () => void
}

/** Stands where something did not load: why, and another try. */
export function Failure({ code, onRetry }: Props) {
  const words = useWords()
  const { common } = words
  const action = { id: 'retry', text: common.retry, onTap: onRetry }
  return <Notice mark="断" title={common.failed} text={errorWords(words, code)} action={action} />
}
