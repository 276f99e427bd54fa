/// <reference types="@tarojs/taro" />

/** Where the API is: set at build time, empty in the preview. */
declare const __API_BASE__: string

declare module '*.scss'
