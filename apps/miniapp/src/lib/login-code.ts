import Taro from '@tarojs/taro'

/** A one-time code that tells the server who this is. login-code.h5.ts is the preview's. */
export async function getLoginCode(): Promise<string> {
  const { code } = await Taro.login()
  return code
}
