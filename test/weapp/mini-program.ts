import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyData, pathTo, readTemplates, textOf, type DataNode } from './data-tree.ts'
import { createLoader } from './modules.ts'
import { createWx, type PageNotFound, type WxCall } from './wx.ts'

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
  /** The field now holds this, as a person would have typed it. */
  enter(id: string, value: string): void
  /** A gesture on the page itself, or WeChat's own question; answers what the page does. */
  hook(name: 'onPullDownRefresh' | 'onReachBottom' | 'onShareAppMessage'): Promise<unknown>
}

export interface MiniProgram {
  /** Keys and bytes of every `setData`, which is what a slow phone feels. */
  readonly setDataCalls: { keys: number; bytes: number }[]
  /** Opens the app at a page, the first one unless a path says otherwise. */
  launch(path?: string): Promise<Page>
  /** Opens the app at a page that it has not; answers how many were told of it. */
  launchLost(path: string): Promise<number>
  /** Back to the page below. */
  back(): Promise<void>
  /** The app goes to the background and comes back, as around the cashier. */
  leaveAndReturn(): Promise<void>
  /** The page on top. */
  page(): Page
}

export interface MiniProgramOptions {
  readonly dist: string
  readonly calls: Readonly<Record<string, WxCall>>
  readonly hasPromises?: boolean
  /** What WeChat is set to. */
  readonly language?: string
  /** What the phone kept from earlier runs. */
  readonly storage?: Map<string, unknown>
}

/** Runs a compiled mini-program in Node, down to the taps, without its rendering layer. */
export function createMiniProgram(options: MiniProgramOptions): MiniProgram {
  const { dist, calls, hasPromises = true, storage = new Map<string, unknown>() } = options
  const rest = {
    hasPromises,
    ...(options.language !== undefined && { language: options.language }),
  }
  const { pages } = JSON.parse(readFileSync(join(dist, 'app.json'), 'utf8')) as { pages: string[] }
  const firstPage = pages[0] ?? ''
  const templates = readTemplates(dist)
  const stack: PageInstance[] = []
  const setDataCalls: { keys: number; bytes: number }[] = []
  let app: Record<string, unknown> = {}
  let definition: Record<string, unknown> = {}

  const navigateTo: WxCall = async ({ url }) => {
    await open(String(url))
    return {}
  }
  const reLaunch: WxCall = async ({ url }) => {
    for (const page of stack.splice(0).reverse()) await callHook(page, 'onUnload')
    await open(String(url))
    return {}
  }
  const own = { navigateTo, reLaunch }
  const lost: PageNotFound[] = []
  const wx = createWx({ calls: { ...own, ...calls }, ...rest, storage, firstPage, lost })
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

  async function start(): Promise<void> {
    require('/app.js')
    await callHook(app, 'onLaunch', wx.getLaunchOptionsSync())
    await callHook(app, 'onShow', wx.getLaunchOptionsSync())
  }

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

  async function open(url: string): Promise<void> {
    const [route = '', query = ''] = url.replace(/^\//, '').split('?')
    if (!pages.includes(route)) throw new Error(`page "${route}" is not found`)
    require(`/${route}`)
    const instance = instantiate(route)
    await callHook(stack.at(-1), 'onHide')
    stack.push(instance)
    await callHook(instance, 'onLoad', Object.fromEntries(new URLSearchParams(query)))
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
      tap: (id) => send(instance, path(id), { id, type: 'tap', detail: { x: 1, y: 1 } }),
      enter(id, value) {
        const count = send(instance, path(id).slice(0, 1), { id, type: 'input', detail: { value } })
        if (count === 0) throw new Error(`nothing listens at ${id}`)
      },
      hook: (name) => Promise.resolve(callHook(instance, name, { from: 'menu' })),
    }
  }

  function send(instance: PageInstance, path: readonly DataNode[], event: Sent): number {
    const [target] = path
    if (target === undefined) throw new Error(`nothing has the id ${event.id}`)
    const handlers = path.flatMap((node) => {
      const template = templates.get(node.nn)
      const handler = template?.events[event.type]
      const isDisabled = template?.disabledBy && String(node[template.disabledBy]) === 'true'
      return handler === undefined || isDisabled ? [] : [{ node, handler }]
    })
    for (const { node, handler } of handlers) {
      const run = instance[handler] as Handler
      run.call(instance, wxEvent(event, target, node))
    }
    return handlers.length
  }

  return {
    setDataCalls,
    async launch(path = firstPage) {
      await start()
      await open(path)
      return top()
    },
    async launchLost(path) {
      await start()
      for (const tell of lost) tell({ path, isEntryPage: true })
      return lost.length
    },
    page: top,
    async back() {
      await callHook(stack.pop(), 'onUnload')
      await callHook(stack.at(-1), 'onShow')
    },
    async leaveAndReturn() {
      await callHook(stack.at(-1), 'onHide')
      await callHook(stack.at(-1), 'onShow')
    },
  }
}

async function callHook(
  on: Record<string, unknown> | undefined,
  name: string,
  argument?: unknown,
): Promise<unknown> {
  const hook = on?.[name]
  return typeof hook === 'function' ? await (hook as Handler).call(on, argument) : undefined
}

interface Sent {
  readonly id: string
  readonly type: 'tap' | 'input'
  readonly detail: object
}

function wxEvent({ type, detail }: Sent, target: DataNode, current: DataNode): unknown {
  const element = ({ sid, uid }: DataNode) => ({ id: uid ?? sid, dataset: { sid } })
  return {
    type,
    timeStamp: Date.now(),
    target: element(target),
    currentTarget: element(current),
    detail,
    touches: [],
    changedTouches: [],
  }
}
