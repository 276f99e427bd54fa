import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CreatorPage } from '@dashang/shared/contracts/creators'
import { describe, expect, it, vi } from 'vitest'
import { createMiniProgram } from './mini-program.ts'
import { compileWxml, hasCompilers, lintWxss, type RenderedNode } from './wechat-compilers.ts'

const DIST = new URL('../../apps/miniapp/dist/weapp', import.meta.url).pathname

const CREATOR: CreatorPage = {
  slug: 'default',
  name: '山海拾音',
  avatarUrl: null,
  isRetired: false,
  about: '把古画讲成声音的播客',
  presetsFen: [200, 500, 10_000],
  minFen: 100,
  maxFen: 20_000,
  goal: { title: '换一支麦克风', targetFen: 200_000, raisedFen: 136_800 },
  supporterCount: 1,
  latestSupporters: [
    { id: '1', name: '小鹿', amountFen: 500, message: '加油', paidAt: '2026-01-01T00:00:00.000Z' },
  ],
  thanks: null,
  showsAmounts: true,
  messageMaxLength: 50,
  nameMaxLength: 20,
}

const textOf = (node: RenderedNode): string =>
  typeof node === 'string' ? node : (node.children ?? []).map(textOf).join('')
const tagsOf = (node: RenderedNode): string[] =>
  typeof node === 'string' ? [] : [node.tag, ...(node.children ?? []).flatMap(tagsOf)]

describe.skipIf(!hasCompilers)("WeChat's own compilers", () => {
  it('take every style', () => {
    expect(() => {
      lintWxss(DIST)
    }).not.toThrow()
  })

  it('refuse a style that WeChat would refuse', () => {
    const dist = mkdtempSync(join(tmpdir(), 'wxss-'))
    writeFileSync(join(dist, 'app.wxss'), '.a { color: red; }')
    writeFileSync(join(dist, 'page.wxss'), '.b:not(#\\#) { color: red')
    expect(() => {
      lintWxss(dist)
    }).toThrow('page.wxss')
    rmSync(dist, { recursive: true })
  })

  it('draw the page that the logic layer describes', async () => {
    const request = () => ({ statusCode: 200, header: {}, data: CREATOR })
    const phone = createMiniProgram({ dist: DIST, calls: { request } })
    const { instance } = await phone.launch()
    const draw = compileWxml(DIST)(instance.route)
    await vi.waitFor(() => {
      expect(textOf(draw(instance.data))).toContain('选择金额')
    })
    const page = draw(instance.data)
    for (const words of ['山海拾音', '¥100', '换一支麦克风', '加油']) {
      expect(textOf(page)).toContain(words)
    }
    expect(tagsOf(page)).toEqual(expect.arrayContaining(['wx-textarea', 'wx-input']))
    expect(tagsOf(page).filter((tag) => tag === 'wx-button')).toHaveLength(1)
  })
})

describe('the compiled mini-program', () => {
  const scripts = globSync('**/*.js', { cwd: DIST }).map((file) =>
    readFileSync(join(DIST, file), 'utf8'),
  )

  it('holds nothing of the simulator', () => {
    for (const script of scripts) expect(script).not.toMatch(/_sim|simulat/i)
  })

  it('holds no schema library', () => {
    for (const script of scripts) expect(script).not.toMatch(/typebox|additionalProperties/i)
  })

  it('opens in the developer tools with only the appid to fill in', () => {
    const project = JSON.parse(readFileSync(join(DIST, 'project.config.json'), 'utf8')) as {
      appid: string
      miniprogramRoot: string
      compileType: string
    }
    expect(project).toMatchObject({
      appid: 'touristappid',
      miniprogramRoot: './',
      compileType: 'miniprogram',
    })
  })
})
