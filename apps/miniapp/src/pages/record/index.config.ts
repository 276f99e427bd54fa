export default definePageConfig({
  navigationBarTitleText: '打赏详情',
  enablePullDownRefresh: true,
  enableShareAppMessage: true,
})
