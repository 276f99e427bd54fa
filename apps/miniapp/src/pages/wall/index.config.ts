export default definePageConfig({
  navigationBarTitleText: '支持者墙',
  enablePullDownRefresh: true,
  enableShareAppMessage: true,
})
