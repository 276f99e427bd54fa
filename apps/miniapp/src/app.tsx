import { useState, type PropsWithChildren, type ReactNode } from 'react'
import './app.scss'
import { PaymentProvider } from './flow/payment-context'
import { operateByKeys } from './lib/keys'
import { readLanguage, readTextSize, writeLanguage } from './lib/preferences'
import './lib/teach-aria'
import { tipServices } from './lib/tip-services'
import { leadHome } from './lib/way-home'
import { PreferencesContext } from './words/use-words'

operateByKeys()
leadHome()

export default function App({ children }: PropsWithChildren): ReactNode {
  const [language, setLanguage] = useState(readLanguage)
  const [textSize] = useState(readTextSize)
  const switchLanguage = () => {
    const other = language === 'zh' ? 'en' : 'zh'
    writeLanguage(other)
    setLanguage(other)
  }
  return (
    <PreferencesContext.Provider value={{ language, textSize, switchLanguage }}>
      <PaymentProvider services={tipServices}>{children}</PaymentProvider>
    </PreferencesContext.Provider>
  )
}
