export default defineAppConfig({
  pages: ['pages/tip/index', 'pages/records/index', 'pages/record/index', 'pages/wall/index'],
  darkmode: true,
  themeLocation: 'theme.json',
  window: {
    navigationBarTitleText: '打赏',
    navigationBarBackgroundColor: '@navigationBackground',
    navigationBarTextStyle: '@navigationText',
    backgroundColor: '@background',
    backgroundTextStyle: '@backgroundText',
  },
})
