import { askSimulator } from './simulator.h5'
import { simulatedUser } from './simulated-user.h5'

/** In the preview the simulator is WeChat, also for logging in. */
export async function getLoginCode(): Promise<string> {
  const { code } = await askSimulator<{ code: string }>('/_sim/codes', { user: simulatedUser() })
  return code
}
