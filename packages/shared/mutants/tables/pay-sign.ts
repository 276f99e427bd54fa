import type { Mutants } from '../mutant.ts'

export const PAY_SIGN_MUTANTS = {
  'any appid': { from: '`${appId}\\n', to: '`\\n' },
  'any time': { from: '${timeStamp}\\n', to: '\\n' },
  'any nonce': { from: '${nonceStr}\\n', to: '\\n' },
  'any order': { from: '${prepay}\\n', to: '\\n' },
  'no line feed at the end': { from: '${prepay}\\n`', to: '${prepay}`' },
} as const satisfies Mutants
