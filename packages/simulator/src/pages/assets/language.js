/** @typedef {'zh' | 'en'} Language */

/**
 * The language that the server chose for this page.
 * @returns {Language}
 */
export const language = () => (document.documentElement.lang.startsWith('zh') ? 'zh' : 'en')
