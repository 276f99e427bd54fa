import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A node of the page data that Taro's templates draw from. */
export interface DataNode {
  readonly nn: string
  readonly sid: string
  readonly uid?: string
  readonly v?: string
  readonly cn?: readonly DataNode[]
  readonly [property: string]: unknown
}

/** What the compiled template of a node type binds. */
export interface Template {
  readonly tag: string
  /** The page's handler by event. */
  readonly events: Readonly<Record<string, string>>
  /** The property of the data node that disables it. */
  readonly disabledBy: string | null
}

/** `setData` of WeChat: each key is a path such as `root.cn.[0].v`. */
export function applyData(data: Record<string, unknown>, patch: Record<string, unknown>): void {
  for (const [path, value] of Object.entries(patch)) {
    const steps = path.match(/[^.[\]]+/g) ?? []
    const last = steps.at(-1) ?? ''
    let at: Record<string, unknown> = data
    steps.slice(0, -1).forEach((step, i) => {
      at[step] ??= /^[0-9]+$/.test(steps[i + 1] ?? '') ? [] : {}
      at = at[step] as Record<string, unknown>
    })
    at[last] = value
  }
}

/** The templates of Taro's compiled base.wxml, by the node type that they draw. */
export function readTemplates(dist: string): ReadonlyMap<string, Template> {
  const source = readFileSync(join(dist, 'base.wxml'), 'utf8')
  const templates = new Map<string, Template>()
  const pattern = /<template name="tmpl_0_([\w-]+)">\s*<([\w-]+)([\s\S]*?)>/g
  for (const [, type = '', tag = '', attributes = ''] of source.matchAll(pattern)) {
    const events = [...attributes.matchAll(/(?:bind|catch):?(\w+)="(\w+)"/g)]
    // A field has two templates, with the keyboard and without; both bind the same.
    templates.set(type.replace(/_(focus|blur)$/, ''), {
      tag,
      events: Object.fromEntries(events.map(([, event = '', handler = '']) => [event, handler])),
      disabledBy: /disabled="\{\{[^}]*?i\.(\w+)/.exec(attributes)?.[1] ?? null,
    })
  }
  return templates
}

export const textOf = (node: DataNode): string =>
  (node.v ?? '') + (node.cn ?? []).map(textOf).join('')

/** From the node up to the root, the node first; empty when there is none. */
export function pathTo(
  nodes: readonly DataNode[],
  matches: (node: DataNode) => boolean,
): readonly DataNode[] {
  for (const node of nodes) {
    if (matches(node)) return [node]
    const below = pathTo(node.cn ?? [], matches)
    if (below.length > 0) return [...below, node]
  }
  return []
}
