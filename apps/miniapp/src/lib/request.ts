import Taro from '@tarojs/taro'

const TIMEOUT_MS = 15_000

export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** One request to our server. Rejects when no answer came. */
export async function request(
  method: 'GET' | 'POST',
  path: string,
  options: { token?: string; body?: unknown },
): Promise<Answer> {
  const { statusCode, data } = await Taro.request<unknown>({
    url: `${__API_BASE__}${path}`,
    method,
    timeout: TIMEOUT_MS,
    header: {
      ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(options.body !== undefined && { data: options.body }),
  })
  return { status: statusCode, body: data }
}
