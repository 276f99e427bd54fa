import { View } from '@tarojs/components'
import { useShareAppMessage } from '@tarojs/taro'
import { ListEnd } from '../../components/list-end'
import { Notice } from '../../components/notice'
import { Page } from '../../components/page'
import { SupporterRow } from '../../components/supporter-row'
import { Tabs } from '../../components/tabs'
import { restartAt, tipPath } from '../../lib/navigation'
import { useTitle } from '../../lib/use-title'
import { useWords } from '../../words/use-words'
import './index.scss'
import { RankingList } from './ranking-list'
import { useWall, type WallView } from './use-wall'

const VIEWS = ['latest', 'ranking'] as const
const PERIODS = ['day', 'week', 'month', 'all'] as const

export default function WallPage() {
  const { wall } = useWords()
  const page = useWall()
  useTitle(wall.title)
  useShareAppMessage(() => ({ title: wall.title, path: tipPath(page.slug ?? '') }))
  return (
    <Page name="wall" title={wall.title}>
      {page.list.code === 'CREATOR_NOT_FOUND' ? <NobodyHere /> : <Wall {...page} />}
    </Page>
  )
}

/** Asking again would not find them. */
function NobodyHere() {
  const { tip } = useWords()
  const action = { id: 'go-default', text: tip.goDefault, onTap: goDefault }
  return <Notice mark="寻" title={tip.unknownTitle} text={tip.unknownText} action={action} />
}

const goDefault = () => {
  restartAt()
}

function Wall(page: ReturnType<typeof useWall>) {
  const { wall } = useWords()
  const { view, setView, list, ranking, more, retry, retryRanking } = page
  const empty = { mark: '墙', title: wall.empty, text: wall.emptyText }
  return (
    <>
      <Tabs
        name="view"
        chosen={view === 'latest' ? 'latest' : 'ranking'}
        tabs={VIEWS.map((key) => ({ key, text: wall[key] }))}
        onChoose={(key) => {
          setView(key === 'latest' ? 'latest' : 'month')
        }}
      />
      {view === 'latest' ? (
        <View className="wall-list">
          {list.items.map((supporter) => (
            <SupporterRow key={supporter.id} supporter={supporter} />
          ))}
          <ListEnd list={list} empty={empty} onMore={more} onRetry={retry} />
        </View>
      ) : (
        <>
          <Tabs
            name="period"
            isQuiet
            chosen={view}
            tabs={PERIODS.map((key) => ({ key, text: wall.periods[key] }))}
            onChoose={(period: WallView) => {
              setView(period)
            }}
          />
          <RankingList ranking={ranking} period={view} empty={empty} onRetry={retryRanking} />
        </>
      )}
    </>
  )
}
