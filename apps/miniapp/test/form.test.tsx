import { screen } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import TipPage from '../src/pages/tip/index'
import { phone } from './support/phone'
import { CREATOR, serve } from './support/samples'
import { control, enter, open, pass, tap, words } from './support/screen'

const isDisabled = (name: string | RegExp) => (control(name) as HTMLButtonElement).disabled
const sent = () => phone.server.asked.find(({ route }) => route === 'POST /api/prepay')?.body

beforeEach(async () => {
  serve({ ...CREATOR, messageMaxLength: 5, nameMaxLength: 4 })
  await open(TipPage)
})

describe('an amount', () => {
  it('of the creator is chosen by a tap, and stands on the button', async () => {
    expect(control('打赏 ¥5.00')).toBeTruthy()
    await tap('¥10.00', 'radio')
    expect(control('¥10.00', 'radio').getAttribute('aria-checked')).toBe('true')
    expect(control('¥5.00', 'radio').getAttribute('aria-checked')).toBe('false')
    await tap('打赏 ¥10.00')
    expect(sent()).toMatchObject({ amountFen: 1000 })
  })

  it('of one’s own is typed to the fen, within limits that are shown before they are hit', async () => {
    await tap('其他金额')
    expect(screen.getByRole('dialog', { name: '输入金额' })).toBeTruthy()
    expect(words()).toContain('¥1.00 到 ¥200.00 之间')
    for (const key of ['0', '小数点', '2', '9']) await tap(key)
    expect(screen.getByRole('alert').textContent).toBe('一次至少 ¥1.00')
    expect(isDisabled('确定')).toBe(true)
    for (const key of ['删除一位', '删除一位', '删除一位', '删除一位', '1', '9', '小数点', '9']) {
      await tap(key)
    }
    await tap('0')
    await tap('1')
    expect(screen.getByRole('alert').textContent).toBe('最多两位小数')
    await tap('确定')
    expect(screen.queryByRole('dialog')).toBeNull()
    await tap('打赏 ¥19.90')
    expect(sent()).toMatchObject({ amountFen: 1990 })
  })

  it('takes no key that leads past the largest one, and says so', async () => {
    await tap('其他金额')
    for (const key of ['2', '0', '0', '1']) await tap(key)
    expect(screen.getByRole('alert').textContent).toBe('一次最多 ¥200.00')
    await tap('确定')
    expect(control('打赏 ¥200.00')).toBeTruthy()
  })

  it('that may not be paid is not taken', async () => {
    await tap('其他金额')
    for (const key of ['0', '删除一位']) {
      await tap(key)
      await tap('确定')
      expect(screen.getByRole('dialog', { name: '输入金额' })).toBeTruthy()
    }
    await tap('取消')
    expect(isDisabled('打赏 ¥5.00')).toBe(false)
  })

  it('of one’s own is there again to be changed, and is left by a cancel as it was', async () => {
    await tap('其他金额')
    await tap('7')
    await tap('确定')
    await tap('其他金额 ¥7.00')
    await tap('8')
    await tap('取消')
    expect(control('打赏 ¥7.00')).toBeTruthy()
  })
})

describe('a message', () => {
  it('says how many characters are left, an emoji being one', async () => {
    expect(words()).toContain('还可以写 5 个字')
    enter('留言', '好👍')
    await pass()
    expect(words()).toContain('还可以写 3 个字')
  })

  it.each([
    ['too long', '一二三四五六七', '超出 2 个字'],
    ['that cannot be shown', 'a\u202eb', '含有无法显示的字符'],
  ])('%s says so, and is not sent', async (_, message, problem) => {
    enter('留言', message)
    await pass()
    expect(screen.getByRole('alert').textContent).toBe(problem)
    expect(isDisabled('打赏 ¥5.00')).toBe(true)
    await tap('打赏 ¥5.00')
    expect(phone.server.pathsOf('POST /api/prepay')).toEqual([])
  })

  it('of two lines is sent as one', async () => {
    enter('留言', '加油\n哦')
    await pass()
    expect(words()).toContain('还可以写 1 个字')
    await tap('打赏 ¥5.00')
    expect(sent()).toMatchObject({ message: '加油 哦' })
  })

  it('is sent without the space around it', async () => {
    enter('留言', ' 加油 ')
    await tap('打赏 ¥5.00')
    expect(sent()).toMatchObject({ message: '加油' })
  })

  it('that the server refuses says why, and can be changed', async () => {
    phone.server.refuse('POST /api/prepay', 'MESSAGE_REFUSED')
    enter('留言', '坏话')
    await tap('打赏 ¥5.00')
    expect(words()).toContain('这笔打赏需要改一下')
    expect(words()).toContain('留言或昵称未通过内容安全检查，请修改后再试')
    await tap('返回修改')
    expect(screen.getByRole('textbox', { name: '留言' })).toMatchObject({ value: '坏话' })
  })
})

describe('a name', () => {
  it('that is too long is not sent', async () => {
    enter('昵称', '一二三四五')
    await pass()
    expect(screen.getByRole('alert').textContent).toBe('超出 1 个字')
    expect(isDisabled('打赏 ¥5.00')).toBe(true)
  })

  it('is neither asked for nor sent of who stays anonymous', async () => {
    enter('昵称', '小鹿')
    await tap(/^匿名打赏/, 'switch')
    expect(control(/^匿名打赏/, 'switch').getAttribute('aria-checked')).toBe('true')
    expect(screen.queryByRole('textbox', { name: '昵称' })).toBeNull()
    await tap('打赏 ¥5.00')
    expect(sent()).toMatchObject({ isAnonymous: true })
    expect(sent()).not.toHaveProperty('displayName')
  })

  it('stays for the next tip, and the message does not', async () => {
    enter('留言', '加油')
    enter('昵称', '小鹿')
    await tap('打赏 ¥5.00')
    await tap('完成')
    expect(screen.getByRole('textbox', { name: '昵称' })).toMatchObject({ value: '小鹿' })
    expect(screen.getByRole('textbox', { name: '留言' })).toMatchObject({ value: '' })
    expect(phone.storage.get('signature')).toEqual({ name: '小鹿', isAnonymous: false })
  })
})
