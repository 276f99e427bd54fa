export default definePageConfig({
  navigationBarTitleText: '我的打赏',
  enablePullDownRefresh: true,
  enableShareAppMessage: true,
})
