import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyData, pathTo, readTemplates, textOf, type DataNode } from './data-tree.ts'
import { createLoader } from './modules.ts'
import { createWx, type WxCall } from './wx.ts'

type Handler = (event: unknown) => unknown
type PageInstance = Record<string, unknown> & {
  route: string
  data: { root?: { cn?: readonly DataNode[] } }
}

/** One open page: what stands on it, and a finger. */
export interface Page {
  readonly instance: PageInstance
  text(): string
  find(id: string): DataNode | undefined
  /** Runs every handler that the compiled template binds on the way up; answers how many. */
  tap(id: string): number
}

export interface MiniProgram {
  /** Keys and bytes of every `setData`, which is what a slow phone feels. */
  readonly setDataCalls: { keys: number; bytes: number }[]
  launch(): Promise<Page>
  /** The page on top. */
  page(): Page
}

export interface MiniProgramOptions {
  readonly dist: string
  readonly calls: Readonly<Record<string, WxCall>>
  readonly hasPromises?: boolean
  /** What the phone kept from earlier runs. */
  readonly storage?: Map<string, unknown>
}

/** Runs a compiled mini-program in Node, down to the taps, without its rendering layer. */
export function createMiniProgram(options: MiniProgramOptions): MiniProgram {
  const { dist, calls, hasPromises = true, storage = new Map<string, unknown>() } = options
  const { pages } = JSON.parse(readFileSync(join(dist, 'app.json'), 'utf8')) as { pages: string[] }
  const firstPage = pages[0] ?? ''
  const templates = readTemplates(dist)
  const stack: PageInstance[] = []
  const setDataCalls: { keys: number; bytes: number }[] = []
  let app: Record<string, unknown> = {}
  let definition: Record<string, unknown> = {}

  const navigateTo: WxCall = async ({ url }) => {
    await open(String(url).replace(/^\//, ''))
    return {}
  }
  const wx = createWx({ calls: { navigateTo, ...calls }, hasPromises, storage, firstPage })
  const require = createLoader(dist, {
    wx,
    console,
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    App: (value: Record<string, unknown>) => {
      app = value
    },
    Page: (value: Record<string, unknown>) => {
      definition = value
    },
    Component: () => undefined,
    getApp: () => app,
    getCurrentPages: () => [...stack],
  })

  function instantiate(route: string): PageInstance {
    const data = JSON.parse(JSON.stringify(definition['data'] ?? {})) as PageInstance['data']
    const instance: PageInstance = { ...definition, route, __route__: route, data }
    instance['setData'] = (patch: Record<string, unknown>, done?: () => void) => {
      const json = JSON.stringify(patch)
      setDataCalls.push({ keys: Object.keys(patch).length, bytes: json.length })
      applyData(data, JSON.parse(json) as Record<string, unknown>)
      setTimeout(() => done?.call(instance), 0)
    }
    return instance
  }

  async function open(route: string): Promise<void> {
    if (!pages.includes(route)) throw new Error(`page "${route}" is not found`)
    require(`/${route}`)
    const instance = instantiate(route)
    await callHook(stack.at(-1), 'onHide')
    stack.push(instance)
    await callHook(instance, 'onLoad', {})
    await callHook(instance, 'onShow')
    await callHook(instance, 'onReady')
  }

  function top(): Page {
    const instance = stack.at(-1)
    if (instance === undefined) throw new Error('no page is open')
    const nodes = () => instance.data.root?.cn ?? []
    const path = (id: string) => pathTo(nodes(), (node) => (node.uid ?? node.sid) === id)
    return {
      instance,
      text: () => nodes().map(textOf).join(''),
      find: (id) => path(id)[0],
      tap(id) {
        const [target, ...above] = path(id)
        if (target === undefined) throw new Error(`nothing to tap has the id ${id}`)
        const handlers = [target, ...above].flatMap((node) => {
          const template = templates.get(node.nn)
          const handler = template?.events['tap']
          const isDisabled = template?.disabledBy && String(node[template.disabledBy]) === 'true'
          return handler === undefined || isDisabled ? [] : [{ node, handler }]
        })
        for (const { node, handler } of handlers) {
          const run = instance[handler] as Handler
          run.call(instance, tapEvent(target, node))
        }
        return handlers.length
      },
    }
  }

  return {
    setDataCalls,
    async launch() {
      require('/app.js')
      await callHook(app, 'onLaunch', wx.getLaunchOptionsSync())
      await callHook(app, 'onShow', wx.getLaunchOptionsSync())
      await open(firstPage)
      return top()
    },
    page: top,
  }
}

async function callHook(
  on: Record<string, unknown> | undefined,
  name: string,
  argument?: unknown,
): Promise<void> {
  const hook = on?.[name]
  if (typeof hook === 'function') await (hook as Handler).call(on, argument)
}

function tapEvent(target: DataNode, current: DataNode): unknown {
  const element = ({ sid, uid }: DataNode) => ({ id: uid ?? sid, dataset: { sid } })
  return {
    type: 'tap',
    timeStamp: Date.now(),
    target: element(target),
    currentTarget: element(current),
    detail: { x: 1, y: 1 },
    touches: [],
    changedTouches: [],
  }
}
