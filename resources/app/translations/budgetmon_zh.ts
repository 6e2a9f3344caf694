<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About budgetmon</source>
        <translation>关于 budgetmon</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy diagnosis</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>One shared budget for every process that pays for API calls.</source>
        <translation>为所有付费调用 API 的进程提供一份共享预算。</translation>
    </message>
    <message>
        <source>Qt is used under the LGPL. Charts by pyqtgraph.</source>
        <translation>Qt 依据 LGPL 使用。图表由 pyqtgraph 提供。</translation>
    </message>
    <message>
        <source>Typeface: Inter, SIL Open Font License 1.1. budgetmon itself: MIT.</source>
        <translation>字体：Inter，SIL Open Font License 1.1。budgetmon 本身：MIT。</translation>
    </message>
    <message>
        <source>Versions and platform as text, for a report</source>
        <translation>版本和平台的文本，供报告使用</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;About budgetmon</source>
        <translation>关于 budgetmon(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Commands...</source>
        <translation>命令(&amp;C)...</translation>
    </message>
    <message>
        <source>&amp;Compact</source>
        <translation>紧凑(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Custom range...</source>
        <translation>自定义范围(&amp;C)...</translation>
    </message>
    <message>
        <source>&amp;Export...</source>
        <translation>导出(&amp;E)...</translation>
    </message>
    <message>
        <source>&amp;Filter the table</source>
        <translation>筛选表格(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Investigate</source>
        <translation>排查(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Open...</source>
        <translation>打开(&amp;O)...</translation>
    </message>
    <message>
        <source>&amp;Preferences...</source>
        <translation>偏好设置(&amp;P)...</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Run tests...</source>
        <translation>运行测试(&amp;R)...</translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation>快捷键(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Watch</source>
        <translation>监视(&amp;W)</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 时</translation>
    </message>
    <message>
        <source>15 m</source>
        <translation>15 分</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 时</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>6 h</source>
        <translation>6 时</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Back to the range before</source>
        <translation>回到上一个时间范围</translation>
    </message>
    <message>
        <source>Choose both ends of the range</source>
        <translation>选择时间范围的起止</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>关闭窗口</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Export a snapshot of the ledger</source>
        <translation>导出账本快照</translation>
    </message>
    <message>
        <source>Find a command by its letters</source>
        <translation>按字母查找命令</translation>
    </message>
    <message>
        <source>Follow the &amp;present</source>
        <translation>跟随当前时间(&amp;P)</translation>
    </message>
    <message>
        <source>Forward to the next range</source>
        <translation>前往下一个时间范围</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Hold this picture still; collection goes on</source>
        <translation>定住当前画面；数据照常采集</translation>
    </message>
    <message>
        <source>Layout: {name}</source>
        <translation>布局：{name}</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>账本</translation>
    </message>
    <message>
        <source>Let the charts end now again</source>
        <translation>让图表重新以当前时间结束</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Open another ledger</source>
        <translation>打开另一个账本</translation>
    </message>
    <message>
        <source>Pa&amp;use view</source>
        <translation>暂停视图(&amp;U)</translation>
    </message>
    <message>
        <source>Panel: {name}</source>
        <translation>面板：{name}</translation>
    </message>
    <message>
        <source>Pause view</source>
        <translation>暂停视图</translation>
    </message>
    <message>
        <source>Put every part back where it was at first</source>
        <translation>将所有部分恢复到最初的位置</translation>
    </message>
    <message>
        <source>Range &amp;back</source>
        <translation>上一个范围(&amp;B)</translation>
    </message>
    <message>
        <source>Range &amp;forward</source>
        <translation>下一个范围(&amp;F)</translation>
    </message>
    <message>
        <source>Range: {name}</source>
        <translation>范围：{name}</translation>
    </message>
    <message>
        <source>Re&amp;fresh</source>
        <translation>刷新(&amp;F)</translation>
    </message>
    <message>
        <source>Read the whole picture again now</source>
        <translation>立即重新读取整个画面</translation>
    </message>
    <message>
        <source>Reset la&amp;yout</source>
        <translation>重置布局(&amp;Y)</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Resume view</source>
        <translation>继续视图</translation>
    </message>
    <message>
        <source>Run the tests of a folder</source>
        <translation>运行某个文件夹的测试</translation>
    </message>
    <message>
        <source>Show &amp;all providers</source>
        <translation>显示所有提供商(&amp;A)</translation>
    </message>
    <message>
        <source>Show the burn-down of every budget again</source>
        <translation>重新显示所有预算的燃尽图</translation>
    </message>
    <message>
        <source>Show the window of the chosen budget</source>
        <translation>显示所选预算的周期</translation>
    </message>
    <message>
        <source>Test &amp;runs</source>
        <translation>测试运行(&amp;R)</translation>
    </message>
    <message>
        <source>Theme, zone, refresh, notifications</source>
        <translation>主题、时区、刷新、通知</translation>
    </message>
    <message>
        <source>Theme: {name}</source>
        <translation>主题：{name}</translation>
    </message>
    <message>
        <source>This &amp;window</source>
        <translation>当前周期(&amp;W)</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Type what calls or refusals to show</source>
        <translation>输入要显示哪些调用或拒绝</translation>
    </message>
    <message>
        <source>Versions and licences</source>
        <translation>版本与许可</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>What the keys do</source>
        <translation>各按键的作用</translation>
    </message>
</context>
<context>
    <name>Alerting</name>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>显示窗口</translation>
    </message>
    <message numerus="yes">
        <source>{count} more alert(s) in the list.</source>
        <translation>
            <numerusform>列表中还有 {count} 条告警。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Alerts</name>
    <message>
        <source>Acknowledged</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Burning too fast</source>
        <translation>消耗过快</translation>
    </message>
    <message>
        <source>Cache {subject} hits less often</source>
        <translation>缓存 {subject} 命中率下降</translation>
    </message>
    <message>
        <source>Calls lately cost {amount} more than was set aside ({count}): raise the estimates.</source>
        <translation>近期调用比预留多花了 {amount}（{count}）：请提高估算。</translation>
    </message>
    <message>
        <source>Dead workers with money held</source>
        <translation>已终止但仍占用预留的工作进程</translation>
    </message>
    <message>
        <source>Falling hit rates</source>
        <translation>命中率下降</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Lasted</source>
        <translation>持续</translation>
    </message>
    <message>
        <source>Log that grows</source>
        <translation>日志增长</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未处理</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Overruns</source>
        <translation>超额</translation>
    </message>
    <message>
        <source>Process {subject} died with money held</source>
        <translation>进程 {subject} 终止时仍有预留</translation>
    </message>
    <message>
        <source>Refusals</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Snoozed until {when}</source>
        <translation>已静音至 {when}</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>The ledger&apos;s log is not emptied</source>
        <translation>账本的日志没有被清空</translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Unpriced calls</source>
        <translation>未定价的调用</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>{amount} of {limit} are spent, held or in doubt.</source>
        <translation>{limit} 中已有 {amount} 支出、预留或存疑。</translation>
    </message>
    <message>
        <source>{amount} stay held until any worker makes its next call or the calls are resolved.</source>
        <translation>{amount} 将保持预留，直到任一工作进程发起下一次调用或这些调用得到处理。</translation>
    </message>
    <message>
        <source>{burn} times the even pace; {amount} of {limit} are left, which does not last until the reset.</source>
        <translation>达到匀速的 {burn} 倍；{limit} 还剩 {amount}，撑不到重置。</translation>
    </message>
    <message>
        <source>{count} of {of_count} calls are in no sum of money: give the model a price.</source>
        <translation>{of_count} 次调用中有 {count} 次未计入任何金额：请为该模型定价。</translation>
    </message>
    <message>
        <source>{count} refused in the last 10 minutes; the newest asked for {amount_words}, {of} free.</source>
        <translation>最近 10 分钟拒绝了 {count} 次；最近一次请求 {amount_words}，可用 {of}。</translation>
    </message>
    <message>
        <source>{now} of lookups lately, {before} before.</source>
        <translation>近期查询命中 {now}，之前为 {before}。</translation>
    </message>
    <message>
        <source>{size}, where {usual} is usual: a reader or a stopped writer keeps it from being emptied.</source>
        <translation>{size}，通常为 {usual}：某个读取者或停住的写入进程使其无法清空。</translation>
    </message>
    <message>
        <source>{subject} burns too fast</source>
        <translation>{subject} 消耗过快</translation>
    </message>
    <message>
        <source>{subject} costs more than its holds</source>
        <translation>{subject} 的花费超过其预留</translation>
    </message>
    <message>
        <source>{subject} has no price</source>
        <translation>{subject} 没有定价</translation>
    </message>
    <message>
        <source>{subject} is past {share}%</source>
        <translation>{subject} 已超过 {share}%</translation>
    </message>
    <message>
        <source>{subject} is used up</source>
        <translation>{subject} 已用尽</translation>
    </message>
    <message>
        <source>{subject} refuses calls</source>
        <translation>{subject} 正在拒绝调用</translation>
    </message>
</context>
<context>
    <name>AlertsPanel</name>
    <message>
        <source>Acknowledge</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Be silent about it for a while</source>
        <translation>暂时不再提醒</translation>
    </message>
    <message>
        <source>Choose an alert to act on it.</source>
        <translation>选择一条告警进行处理。</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>I know: be silent about it until it happens again</source>
        <translation>已知：再次发生前不再提醒</translation>
    </message>
    <message>
        <source>Nothing to report</source>
        <translation>没有告警</translation>
    </message>
    <message>
        <source>Notify</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Show cause</source>
        <translation>显示原因</translation>
    </message>
    <message>
        <source>Show the stretch of time and the calls that caused it</source>
        <translation>显示引发它的时间段和调用</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Thresholds, refusals and what else needs a look appear here.</source>
        <translation>阈值、拒绝以及其他需要关注的情况会显示在这里。</translation>
    </message>
    <message>
        <source>Until the reset</source>
        <translation>直到重置</translation>
    </message>
    <message>
        <source>Which kinds show a banner and a desktop notification</source>
        <translation>哪些类型会显示横幅和桌面通知</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭这条消息</translation>
    </message>
    <message>
        <source>Message {place} of {all}: show the next</source>
        <translation>第 {place} 条消息，共 {all} 条：显示下一条</translation>
    </message>
    <message>
        <source>Next message</source>
        <translation>下一条消息</translation>
    </message>
    <message>
        <source>{place} of {all}</source>
        <translation>{place} / {all}</translation>
    </message>
</context>
<context>
    <name>BurnDownChart</name>
    <message>
        <source>Budget shown in the burn-down</source>
        <translation>燃尽图中显示的预算</translation>
    </message>
    <message>
        <source>Budgets from the config appear here with their first window.</source>
        <translation>配置中的预算会随其首个周期显示在这里。</translation>
    </message>
    <message>
        <source>No budget to burn down</source>
        <translation>没有可显示的预算</translation>
    </message>
    <message>
        <source>Show the recent stretch of the burn-down only</source>
        <translation>仅显示燃尽图的最近一段</translation>
    </message>
    <message>
        <source>Show the recent stretch only</source>
        <translation>仅显示最近一段</translation>
    </message>
</context>
<context>
    <name>BurnDownMenu</name>
    <message>
        <source>In calls</source>
        <translation>按调用次数</translation>
    </message>
    <message>
        <source>In money</source>
        <translation>按金额</translation>
    </message>
    <message>
        <source>In the budget&apos;s own unit</source>
        <translation>按预算自身的单位</translation>
    </message>
    <message>
        <source>In tokens</source>
        <translation>按 token</translation>
    </message>
    <message>
        <source>Show what is held, in doubt and unpriced</source>
        <translation>显示预留、存疑和未定价的部分</translation>
    </message>
    <message>
        <source>Show what is spent, not what is left</source>
        <translation>显示已支出而非剩余</translation>
    </message>
</context>
<context>
    <name>CacheRatesChart</name>
    <message>
        <source>Begins</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>no lookups</source>
        <translation>无查询</translation>
    </message>
    <message>
        <source>{cache}, lookups</source>
        <translation>{cache}，查询</translation>
    </message>
</context>
<context>
    <name>CacheTable</name>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Entries now and at most, over all live processes</source>
        <translation>所有存活进程中当前和最多的条目数</translation>
    </message>
    <message>
        <source>Entries pushed out because the cache was full</source>
        <translation>因缓存已满而被挤出的条目</translation>
    </message>
    <message>
        <source>Entries that outlived their time</source>
        <translation>超过存活时间的条目</translation>
    </message>
    <message>
        <source>Evicted</source>
        <translation>淘汰</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>过期</translation>
    </message>
    <message>
        <source>Filled</source>
        <translation>已填充</translation>
    </message>
    <message>
        <source>Hit rate</source>
        <translation>命中率</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>命中</translation>
    </message>
    <message>
        <source>Lookups</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Misses</source>
        <translation>未命中</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>节省</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>What the hits would have cost as calls</source>
        <translation>这些命中若作为调用所需的费用</translation>
    </message>
    <message>
        <source>What was paid again because a value had been evicted or had expired</source>
        <translation>因值被淘汰或过期而重复支付的费用</translation>
    </message>
    <message>
        <source>Whether another size would serve better</source>
        <translation>其他大小是否更合适</translation>
    </message>
    <message>
        <source>{size} of {most}</source>
        <translation>{size} / {most}</translation>
    </message>
</context>
<context>
    <name>CachesPanel</name>
    <message>
        <source>A cache that is given a tracker appears here.</source>
        <translation>关联了 tracker 的缓存会显示在这里。</translation>
    </message>
    <message>
        <source>Caches</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>No caches yet</source>
        <translation>尚无缓存</translation>
    </message>
    <message>
        <source>The chosen cache</source>
        <translation>所选缓存</translation>
    </message>
</context>
<context>
    <name>CallDetailsView</name>
    <message>
        <source>Call {number}, {state}</source>
        <translation>调用 {number}，{state}</translation>
    </message>
    <message>
        <source>Charge what was set aside for this call</source>
        <translation>按预留金额为此调用计费</translation>
    </message>
    <message>
        <source>Charge...</source>
        <translation>计费...</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the details</source>
        <translation>关闭详情</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the details of this call</source>
        <translation>复制此调用的详情</translation>
    </message>
    <message>
        <source>Details of the call</source>
        <translation>调用详情</translation>
    </message>
    <message>
        <source>Release this call, as one that cost nothing</source>
        <translation>将此调用视为未产生费用并释放</translation>
    </message>
    <message>
        <source>Release...</source>
        <translation>释放...</translation>
    </message>
</context>
<context>
    <name>Calls</name>
    <message>
        <source>Cached</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>In</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Input tokens that the provider had cached</source>
        <translation>提供商已缓存的输入 token</translation>
    </message>
    <message>
        <source>Input tokens, without the cached ones</source>
        <translation>输入 token，不含缓存部分</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>No price is known for this call</source>
        <translation>此调用价格未知</translation>
    </message>
    <message>
        <source>Not known yet; {amount} is set aside</source>
        <translation>尚不清楚；已预留 {amount}</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>What was set aside before the call went out</source>
        <translation>调用发出前预留的金额</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>工作进程</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>held</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>in doubt</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>overrun</source>
        <translation>超额</translation>
    </message>
    <message>
        <source>released</source>
        <translation>已释放</translation>
    </message>
    <message>
        <source>settled</source>
        <translation>已结算</translation>
    </message>
    <message>
        <source>unpriced</source>
        <translation>未定价</translation>
    </message>
    <message>
        <source>{exact}, {amount} above its hold</source>
        <translation>{exact}，超出预留 {amount}</translation>
    </message>
</context>
<context>
    <name>CallsPanel</name>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>No calls yet</source>
        <translation>尚无调用</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>显示详情</translation>
    </message>
    <message>
        <source>The first call of any worker appears here.</source>
        <translation>任一工作进程的首次调用会显示在这里。</translation>
    </message>
</context>
<context>
    <name>ChartFrame</name>
    <message>
        <source>Copy data</source>
        <translation>复制数据</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>PNG image</source>
        <translation>PNG 图片</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>SVG 矢量图</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Save picture...</source>
        <translation>保存图片...</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>以表格显示</translation>
    </message>
    <message>
        <source>Table, copy, save</source>
        <translation>表格、复制、保存</translation>
    </message>
    <message>
        <source>{chart}, chart</source>
        <translation>{chart}，图表</translation>
    </message>
    <message>
        <source>{chart}, legend</source>
        <translation>{chart}，图例</translation>
    </message>
    <message>
        <source>{chart}: table, copy, save</source>
        <translation>{chart}：表格、复制、保存</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands that match</source>
        <translation>匹配的命令</translation>
    </message>
    <message>
        <source>Letters of a command</source>
        <translation>命令的字母</translation>
    </message>
    <message>
        <source>What is to be done?</source>
        <translation>要做什么？</translation>
    </message>
</context>
<context>
    <name>ConsumptionChart</name>
    <message>
        <source>By what consumption is told apart</source>
        <translation>消耗的划分方式</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Calls a minute</source>
        <translation>每分钟调用</translation>
    </message>
    <message>
        <source>Calls with a tag, or made inside a run, appear here.</source>
        <translation>带标签或在运行中发起的调用会显示在这里。</translation>
    </message>
    <message>
        <source>Choose a longer span to look further back.</source>
        <translation>选择更长的时间段可查看更早的数据。</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Cost an hour</source>
        <translation>每小时费用</translation>
    </message>
    <message>
        <source>Failed, refused</source>
        <translation>失败、被拒</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Nothing by this in this span</source>
        <translation>该时间段内没有此类数据</translation>
    </message>
    <message>
        <source>Nothing to show in this span</source>
        <translation>该时间段内没有数据</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>The figures come in a moment.</source>
        <translation>数据马上就来。</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>What the consumption chart counts</source>
        <translation>消耗图统计的内容</translation>
    </message>
    <message>
        <source>by model</source>
        <translation>按模型</translation>
    </message>
    <message>
        <source>by provider</source>
        <translation>按提供商</translation>
    </message>
    <message>
        <source>by run</source>
        <translation>按运行</translation>
    </message>
    <message>
        <source>by tag</source>
        <translation>按标签</translation>
    </message>
    <message>
        <source>per {stretch}</source>
        <translation>每 {stretch}</translation>
    </message>
</context>
<context>
    <name>Dashboard</name>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Burn-down</source>
        <translation>预算燃尽</translation>
    </message>
    <message>
        <source>Cache hit rate</source>
        <translation>缓存命中率</translation>
    </message>
    <message>
        <source>Caches</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Consumption</source>
        <translation>消耗</translation>
    </message>
    <message>
        <source>Each model that is called gets a row.</source>
        <translation>每个被调用的模型占一行。</translation>
    </message>
    <message>
        <source>Each process that writes gets a row.</source>
        <translation>每个写入的进程占一行。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>No models yet</source>
        <translation>尚无模型</translation>
    </message>
    <message>
        <source>No workers yet</source>
        <translation>尚无工作进程</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Refusals</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Refusals ({count})</source>
        <translation>拒绝 ({count})</translation>
    </message>
    <message>
        <source>Show its calls</source>
        <translation>显示其调用</translation>
    </message>
    <message>
        <source>Test runs</source>
        <translation>测试运行</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>工作进程</translation>
    </message>
</context>
<context>
    <name>DockArea</name>
    <message>
        <source>Panels that share a place</source>
        <translation>共用同一位置的面板</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Or drop a ledger&apos;s file here.</source>
        <translation>或将账本文件拖放到这里。</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>&amp;Browse...</source>
        <translation>浏览(&amp;B)...</translation>
    </message>
    <message>
        <source>&amp;Replace it</source>
        <translation>替换(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save to</source>
        <translation>保存到(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Use another name</source>
        <translation>使用其他名称(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;What</source>
        <translation>内容(&amp;W)</translation>
    </message>
    <message>
        <source>All providers</source>
        <translation>所有提供商</translation>
    </message>
    <message>
        <source>Counting...</source>
        <translation>正在统计...</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export a snapshot of the ledger</source>
        <translation>导出账本快照</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>Of &amp;whom</source>
        <translation>来源(&amp;H)</translation>
    </message>
    <message>
        <source>Replace what is there</source>
        <translation>替换已有内容</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>文件夹 {folder} 不存在。</translation>
    </message>
    <message>
        <source>Use another name</source>
        <translation>使用其他名称</translation>
    </message>
    <message>
        <source>Where to export to</source>
        <translation>导出位置</translation>
    </message>
    <message>
        <source>Which provider to export</source>
        <translation>要导出的提供商</translation>
    </message>
    <message>
        <source>Which stretch of time to export</source>
        <translation>要导出的时间段</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>约 {size}</translation>
    </message>
    <message>
        <source>refusals: {count}</source>
        <translation>拒绝：{count}</translation>
    </message>
    <message>
        <source>{name} is already there.</source>
        <translation>{name} 已存在。</translation>
    </message>
</context>
<context>
    <name>ExportProcess</name>
    <message>
        <source>budgetmon ended with exit code {code}.</source>
        <translation>budgetmon 以退出码 {code} 结束。</translation>
    </message>
</context>
<context>
    <name>FilterLine</name>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Tokens such as provider:x, cost&gt;0.10, -failed or since:10:00</source>
        <translation>例如 provider:x、cost&gt;0.10、-failed 或 since:10:00</translation>
    </message>
    <message>
        <source>What is wrong with the filter</source>
        <translation>筛选条件的问题</translation>
    </message>
</context>
<context>
    <name>FirstSteps</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy five lines of code</source>
        <translation>复制五行代码</translation>
    </message>
    <message>
        <source>Start a demo</source>
        <translation>启动演示</translation>
    </message>
    <message>
        <source>The demo could not be started.</source>
        <translation>无法启动演示。</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>Damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Disk gone</source>
        <translation>磁盘丢失</translation>
    </message>
    <message>
        <source>Foreign</source>
        <translation>非本程序文件</translation>
    </message>
    <message>
        <source>Late {time}</source>
        <translation>延迟 {time}</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>Needs recovery</source>
        <translation>需要恢复</translation>
    </message>
    <message>
        <source>Newer</source>
        <translation>版本较新</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>无文件夹</translation>
    </message>
    <message>
        <source>Not readable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>正在打开</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>已被替换</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>缓慢</translation>
    </message>
    <message>
        <source>Stale {time}</source>
        <translation>过时 {time}</translation>
    </message>
    <message>
        <source>Waiting for owner</source>
        <translation>等待所有者</translation>
    </message>
</context>
<context>
    <name>HealthChip</name>
    <message>
        <source>Ledger: {health}</source>
        <translation>账本：{health}</translation>
    </message>
</context>
<context>
    <name>HitCurveChart</name>
    <message>
        <source>A busy cache estimates what other sizes would hit, and shows it here.</source>
        <translation>繁忙的缓存会估算其他大小的命中率并显示在这里。</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Hit rate</source>
        <translation>命中率</translation>
    </message>
    <message>
        <source>No curve yet</source>
        <translation>尚无曲线</translation>
    </message>
    <message>
        <source>at best {rate}</source>
        <translation>最高 {rate}</translation>
    </message>
    <message>
        <source>hit rate</source>
        <translation>命中率</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>{size} would do</source>
        <translation>{size}即可</translation>
    </message>
</context>
<context>
    <name>LedgerBar</name>
    <message>
        <source>Ledger {name}: open another one</source>
        <translation>账本 {name}：打开另一个</translation>
    </message>
</context>
<context>
    <name>LedgerControl</name>
    <message>
        <source>Ledgers (*.db *.sqlite *.sqlite3);;All files (*)</source>
        <translation>账本 (*.db *.sqlite *.sqlite3);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a ledger</source>
        <translation>打开账本</translation>
    </message>
    <message>
        <source>Open re&amp;cent</source>
        <translation>最近打开(&amp;C)</translation>
    </message>
</context>
<context>
    <name>ListingPanel</name>
    <message>
        <source>Exclude {token}</source>
        <translation>排除 {token}</translation>
    </message>
    <message>
        <source>Filter by {token}</source>
        <translation>按 {token} 筛选</translation>
    </message>
    <message>
        <source>Filter of {table}</source>
        <translation>{table}的筛选</translation>
    </message>
    <message>
        <source>Filter: provider:x cost&gt;0.10 -failed since:10:00 (Ctrl+F)</source>
        <translation>筛选：provider:x cost&gt;0.10 -failed since:10:00 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Nothing passes the filter</source>
        <translation>没有符合筛选的内容</translation>
    </message>
    <message>
        <source>Rows: {rows}, all there are</source>
        <translation>行：{rows}，已是全部</translation>
    </message>
    <message>
        <source>Rows: {rows}, down to the oldest</source>
        <translation>行：{rows}，直至最早</translation>
    </message>
    <message>
        <source>Rows: {rows}, searched back to {time}</source>
        <translation>行：{rows}，已搜索至 {time}</translation>
    </message>
    <message>
        <source>Search further back</source>
        <translation>继续向前搜索</translation>
    </message>
    <message>
        <source>Searching...</source>
        <translation>正在搜索...</translation>
    </message>
    <message>
        <source>Show {number} new rows</source>
        <translation>显示 {number} 行新数据</translation>
    </message>
    <message>
        <source>{number} new</source>
        <translation>{number} 条新数据</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>No picture yet</source>
        <translation>尚无画面</translation>
    </message>
    <message>
        <source>Open another ledger...</source>
        <translation>打开另一个账本...</translation>
    </message>
    <message>
        <source>Opening the ledger</source>
        <translation>正在打开账本</translation>
    </message>
    <message>
        <source>Run the tests of a folder</source>
        <translation>运行某个文件夹的测试</translation>
    </message>
    <message>
        <source>The first picture comes in a moment.</source>
        <translation>首个画面马上出现。</translation>
    </message>
    <message>
        <source>The ledger could not be read; it is tried again every few seconds.</source>
        <translation>无法读取账本；每隔几秒会重试。</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Layout</source>
        <translation>布局(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>面板(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Range</source>
        <translation>范围(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>How many of the calls have a known price</source>
        <translation>有多少调用的价格已知</translation>
    </message>
    <message>
        <source>In</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation>输入 token</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>No calls</source>
        <translation>无调用</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>Priced</source>
        <translation>已定价</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>{priced} of {all}</source>
        <translation>{priced} / {all}</translation>
    </message>
    <message>
        <source>{share} of its calls failed</source>
        <translation>其调用的 {share} 失败</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Chart saved</source>
        <translation>图表已保存</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>已导出</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>正在导出</translation>
    </message>
    <message>
        <source>No details</source>
        <translation>无详情</translation>
    </message>
    <message>
        <source>No new calls since. Collection goes on.</source>
        <translation>此后没有新调用。数据照常采集。</translation>
    </message>
    <message>
        <source>Open another ledger...</source>
        <translation>打开另一个账本...</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Show cause</source>
        <translation>显示原因</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Something went wrong in budgetmon</source>
        <translation>budgetmon 出了问题</translation>
    </message>
    <message>
        <source>The chart was not saved</source>
        <translation>图表未能保存</translation>
    </message>
    <message>
        <source>The export was not written</source>
        <translation>导出未能写入</translation>
    </message>
    <message>
        <source>View paused</source>
        <translation>视图已暂停</translation>
    </message>
    <message>
        <source>What you see is the last good picture.</source>
        <translation>当前显示的是最后一次正常的画面。</translation>
    </message>
    <message>
        <source>{calls} since. Collection goes on.</source>
        <translation>此后有 {calls}。数据照常采集。</translation>
    </message>
    <message>
        <source>{done} of {total} rows</source>
        <translation>{done} / {total} 行</translation>
    </message>
    <message>
        <source>{error}. The window goes on working; please report this.</source>
        <translation>{error}。窗口仍可继续使用；请报告此问题。</translation>
    </message>
    <message>
        <source>{path} cannot be written; choose another place.</source>
        <translation>无法写入 {path}；请选择其他位置。</translation>
    </message>
</context>
<context>
    <name>OrderControl</name>
    <message>
        <source>Call {call} is charged</source>
        <translation>调用 {call} 已计费</translation>
    </message>
    <message>
        <source>Call {call} is released</source>
        <translation>调用 {call} 已释放</translation>
    </message>
    <message>
        <source>Call {call} was not resolved</source>
        <translation>调用 {call} 未能处理</translation>
    </message>
    <message>
        <source>Charge call {call} with what was set aside for it?</source>
        <translation>按预留金额为调用 {call} 计费？</translation>
    </message>
    <message>
        <source>Charge it</source>
        <translation>计费</translation>
    </message>
    <message>
        <source>Every worker is refused from its next call on; calls under way end as they will.</source>
        <translation>所有工作进程从下一次调用起被拒绝；进行中的调用照常结束。</translation>
    </message>
    <message>
        <source>Release call {call}, as one that cost nothing?</source>
        <translation>将调用 {call} 视为未产生费用并释放？</translation>
    </message>
    <message>
        <source>Release it</source>
        <translation>释放</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>此操作无法撤销。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Workers may call it again.</source>
        <translation>工作进程可以再次调用它。</translation>
    </message>
    <message>
        <source>{provider} goes on</source>
        <translation>{provider} 已恢复</translation>
    </message>
    <message>
        <source>{provider} is paused</source>
        <translation>{provider} 已暂停</translation>
    </message>
    <message>
        <source>{provider} was not paused</source>
        <translation>{provider} 未能暂停</translation>
    </message>
    <message>
        <source>{provider} was not resumed</source>
        <translation>{provider} 未能恢复</translation>
    </message>
</context>
<context>
    <name>Orders</name>
    <message>
        <source>budgetmon ended with exit code {code}.</source>
        <translation>budgetmon 以退出码 {code} 结束。</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>&amp;Currency</source>
        <translation>货币(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Numbers</source>
        <translation>数字(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>刷新(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>Desktop notifications</source>
        <translation>桌面通知</translation>
    </message>
    <message>
        <source>For example: {money}, {calls}</source>
        <translation>例如：{money}，{calls}</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>偏好设置</translation>
    </message>
    <message>
        <source>The language changes at the next start.</source>
        <translation>语言在下次启动时生效。</translation>
    </message>
    <message>
        <source>This desktop has no tray to notify through.</source>
        <translation>此桌面没有可用于通知的托盘。</translation>
    </message>
    <message>
        <source>Times &amp;in</source>
        <translation>时区(&amp;I)</translation>
    </message>
    <message>
        <source>as the app&apos;s language</source>
        <translation>跟随应用语言</translation>
    </message>
    <message>
        <source>as the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>every {count} s</source>
        <translation>每 {count} 秒</translation>
    </message>
    <message>
        <source>the ledger&apos;s ({zone})</source>
        <translation>账本的时区 ({zone})</translation>
    </message>
    <message>
        <source>this computer&apos;s ({zone})</source>
        <translation>本机时区 ({zone})</translation>
    </message>
</context>
<context>
    <name>ProviderCards</name>
    <message>
        <source>No providers yet</source>
        <translation>尚无提供商</translation>
    </message>
    <message>
        <source>Providers and budgets</source>
        <translation>提供商与预算</translation>
    </message>
    <message>
        <source>They appear with the first call or the first budget in the config.</source>
        <translation>首次调用或配置中出现首个预算后，它们会显示在这里。</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>budgetmon ended with exit code {code}.</source>
        <translation>budgetmon 以退出码 {code} 结束。</translation>
    </message>
</context>
<context>
    <name>RangeBar</name>
    <message>
        <source>Other ranges</source>
        <translation>其他范围</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>时间段</translation>
    </message>
    <message>
        <source>The charts show what happened {range}</source>
        <translation>图表显示{range}发生的情况</translation>
    </message>
</context>
<context>
    <name>RangeControl</name>
    <message>
        <source>since {time}</source>
        <translation>自 {time}</translation>
    </message>
</context>
<context>
    <name>RangeDialog</name>
    <message>
        <source>&amp;From</source>
        <translation>从(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>到(&amp;T)</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>The end has to be later than the start.</source>
        <translation>结束时间必须晚于开始时间。</translation>
    </message>
    <message>
        <source>Time range</source>
        <translation>时间范围</translation>
    </message>
    <message>
        <source>Times in {zone}.</source>
        <translation>时区：{zone}。</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>No ledgers yet</source>
        <translation>尚无账本</translation>
    </message>
</context>
<context>
    <name>Refusals</name>
    <message>
        <source>Asked</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What the budget had left at that instant</source>
        <translation>当时预算的余额</translation>
    </message>
    <message>
        <source>What the call wanted to set aside</source>
        <translation>调用想要预留的金额</translation>
    </message>
</context>
<context>
    <name>RefusalsPanel</name>
    <message>
        <source>A call that a budget turns away appears here with its receipt.</source>
        <translation>被预算拒绝的调用会连同凭据显示在这里。</translation>
    </message>
    <message>
        <source>Filter: provider:x budget:daily -tag:test since:10:00 (Ctrl+F)</source>
        <translation>筛选：provider:x budget:daily -tag:test since:10:00 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Nothing was refused</source>
        <translation>没有被拒的调用</translation>
    </message>
    <message>
        <source>Refusals</source>
        <translation>拒绝</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>All tests</source>
        <translation>所有测试</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose a folder whose tests to run</source>
        <translation>选择要运行其测试的文件夹</translation>
    </message>
    <message>
        <source>Choose a profile of the config, or a folder, to run</source>
        <translation>选择要运行的配置方案或文件夹</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Copy log</source>
        <translation>复制日志</translation>
    </message>
    <message>
        <source>Copy the output of the run</source>
        <translation>复制运行的输出</translation>
    </message>
    <message>
        <source>End the run and everything that it started</source>
        <translation>结束运行及其启动的一切</translation>
    </message>
    <message>
        <source>Failed first</source>
        <translation>失败优先</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Log of the run</source>
        <translation>运行日志</translation>
    </message>
    <message>
        <source>No profiles: add them under &apos;runs&apos; in budget.yaml</source>
        <translation>没有方案：请在 budget.yaml 的 &apos;runs&apos; 下添加</translation>
    </message>
    <message>
        <source>Open the report that the run has written</source>
        <translation>打开运行写出的报告</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Rerun</source>
        <translation>重新运行</translation>
    </message>
    <message>
        <source>Rerun failed</source>
        <translation>重跑失败项</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>再次运行</translation>
    </message>
    <message>
        <source>Run all of it again</source>
        <translation>全部重新运行</translation>
    </message>
    <message>
        <source>Run only the tests that are selected</source>
        <translation>仅运行所选测试</translation>
    </message>
    <message>
        <source>Run only what failed, crashed or had an error</source>
        <translation>仅运行失败、崩溃或出错的项</translation>
    </message>
    <message>
        <source>Save log…</source>
        <translation>保存日志…</translation>
    </message>
    <message>
        <source>Save the whole output of the run</source>
        <translation>保存运行的全部输出</translation>
    </message>
    <message>
        <source>Selected tests</source>
        <translation>所选测试</translation>
    </message>
    <message>
        <source>Show failed tests before the others</source>
        <translation>先显示失败的测试</translation>
    </message>
    <message>
        <source>What is run</source>
        <translation>运行内容</translation>
    </message>
</context>
<context>
    <name>RunComparison</name>
    <message>
        <source>. No test changed.</source>
        <translation>。没有测试发生变化。</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>Beside {before}: {added} added, {gone} gone</source>
        <translation>与 {before} 相比：新增 {added}，移除 {gone}</translation>
    </message>
    <message>
        <source>Newly failing</source>
        <translation>新失败</translation>
    </message>
    <message>
        <source>Newly passing</source>
        <translation>新通过</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>变慢</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Tests that changed since the run before</source>
        <translation>自上次运行以来有变化的测试</translation>
    </message>
    <message>
        <source>There is no earlier run of it to compare with.</source>
        <translation>没有更早的运行可供比较。</translation>
    </message>
    <message>
        <source>When a run is over, this shows what changed since the one before.</source>
        <translation>运行结束后，这里显示与上次相比的变化。</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
</context>
<context>
    <name>RunCounts</name>
    <message>
        <source>Show only: {outcome}. Several of these buttons can be down.</source>
        <translation>仅显示：{outcome}。可同时按下多个按钮。</translation>
    </message>
    <message>
        <source>{outcome}, show only these</source>
        <translation>{outcome}，仅显示这些</translation>
    </message>
</context>
<context>
    <name>RunDetails</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the details of this test</source>
        <translation>复制此测试的详情</translation>
    </message>
    <message>
        <source>Copy the id, the failure and the output of this test</source>
        <translation>复制此测试的标识、失败信息和输出</translation>
    </message>
    <message>
        <source>Failure and captured output of the test</source>
        <translation>测试的失败信息和捕获的输出</translation>
    </message>
    <message>
        <source>It could not report anything any more. What the process printed at its end is in the output of the run.</source>
        <translation>它已无法再报告任何内容。进程最后打印的内容在运行输出中。</translation>
    </message>
    <message>
        <source>It printed nothing and reported no failure.</source>
        <translation>它没有打印内容，也没有报告失败。</translation>
    </message>
    <message>
        <source>No result yet.</source>
        <translation>尚无结果。</translation>
    </message>
    <message>
        <source>Select a test to see its failure and what it printed.</source>
        <translation>选择一个测试可查看其失败信息和打印内容。</translation>
    </message>
    <message>
        <source>{outcome} in {time}</source>
        <translation>{outcome}，用时 {time}</translation>
    </message>
    <message>
        <source>{section} ({count} characters, shortened)</source>
        <translation>{section}（{count} 个字符，已截短）</translation>
    </message>
</context>
<context>
    <name>RunEmpty</name>
    <message>
        <source>A folder of tests, or a profile</source>
        <translation>测试文件夹或方案</translation>
    </message>
    <message>
        <source>Choose a profile of the config, or a folder: each result appears as it happens.</source>
        <translation>选择配置中的方案或一个文件夹：每个结果都会即时显示。</translation>
    </message>
    <message>
        <source>Choose what to run</source>
        <translation>选择要运行的内容</translation>
    </message>
    <message>
        <source>Choose what to run…</source>
        <translation>选择要运行的内容…</translation>
    </message>
    <message>
        <source>No test run yet</source>
        <translation>尚无测试运行</translation>
    </message>
</context>
<context>
    <name>RunHistory</name>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Hit rate</source>
        <translation>命中率</translation>
    </message>
    <message>
        <source>Hits of all lookups in named caches by processes of the run</source>
        <translation>该运行的进程在命名缓存中所有查询的命中</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
</context>
<context>
    <name>RunOutput</name>
    <message>
        <source>Output of the run</source>
        <translation>运行输出</translation>
    </message>
    <message>
        <source>What pytest prints appears here.</source>
        <translation>pytest 打印的内容会显示在这里。</translation>
    </message>
    <message>
        <source>[... {count} bytes left out ...]</source>
        <translation>[... 省略 {count} 字节 ...]</translation>
    </message>
</context>
<context>
    <name>RunProgress</name>
    <message>
        <source>Elapsed and remaining time</source>
        <translation>已用时间和剩余时间</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>运行进度</translation>
    </message>
    <message>
        <source>State of the run</source>
        <translation>运行状态</translation>
    </message>
    <message>
        <source>What the run spent</source>
        <translation>本次运行的支出</translation>
    </message>
    <message numerus="yes">
        <source>{count} line(s) of the report could not be read.</source>
        <translation>
            <numerusform>报告中有 {count} 行无法读取。</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>{elapsed}, about {left} left</source>
        <translation>{elapsed}，约剩 {left}</translation>
    </message>
</context>
<context>
    <name>RunResults</name>
    <message>
        <source>Arrows choose a test, Enter opens it in the editor</source>
        <translation>方向键选择测试，Enter 在编辑器中打开</translation>
    </message>
    <message>
        <source>Results by file and test</source>
        <translation>按文件和测试列出的结果</translation>
    </message>
</context>
<context>
    <name>RunTree</name>
    <message>
        <source>(whole file)</source>
        <translation>（整个文件）</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>Changes</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Details of the selected test, output of the run, changes, history</source>
        <translation>所选测试的详情、运行输出、变化、历史</translation>
    </message>
    <message>
        <source>Each run of a profile or a folder is kept here with its cost.</source>
        <translation>每次运行方案或文件夹都会连同费用保存在这里。</translation>
    </message>
    <message>
        <source>Earlier runs</source>
        <translation>以往运行</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Next failure</source>
        <translation>下一个失败</translation>
    </message>
    <message>
        <source>No earlier runs</source>
        <translation>没有以往运行</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Previous failure</source>
        <translation>上一个失败</translation>
    </message>
    <message>
        <source>hit rate {rate}</source>
        <translation>命中率 {rate}</translation>
    </message>
    <message>
        <source>{number} refused</source>
        <translation>{number} 次被拒</translation>
    </message>
</context>
<context>
    <name>RunnerProcess</name>
    <message>
        <source>Its runner died before it ended.</source>
        <translation>其运行器在结束前已终止。</translation>
    </message>
</context>
<context>
    <name>RunsPanel</name>
    <message>
        <source>Run the tests of a folder</source>
        <translation>运行某个文件夹的测试</translation>
    </message>
    <message>
        <source>Save the log of the run</source>
        <translation>保存运行日志</translation>
    </message>
    <message>
        <source>Test runs</source>
        <translation>测试运行</translation>
    </message>
    <message>
        <source>The results of this run are no longer kept.</source>
        <translation>本次运行的结果已不再保留。</translation>
    </message>
</context>
<context>
    <name>SchemeButton</name>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Copy the chosen rows of a table, with headers</source>
        <translation>复制表格中所选的行及表头</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>任何位置</translation>
    </message>
    <message>
        <source>Go to the next control</source>
        <translation>转到下一个控件</translation>
    </message>
    <message>
        <source>Layout: {name}</source>
        <translation>布局：{name}</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Show the burn-down of the chosen card</source>
        <translation>显示所选卡片的燃尽图</translation>
    </message>
    <message>
        <source>What can be done with the control in focus</source>
        <translation>对焦点控件可执行的操作</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Age of the picture</source>
        <translation>画面的时效</translation>
    </message>
    <message>
        <source>Facts about the ledger</source>
        <translation>账本信息</translation>
    </message>
    <message>
        <source>Late, checked {age}</source>
        <translation>延迟，检查于{age}</translation>
    </message>
    <message>
        <source>Ledger file</source>
        <translation>账本文件</translation>
    </message>
    <message>
        <source>Live, checked {age}</source>
        <translation>实时，检查于{age}</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>尚无画面</translation>
    </message>
    <message>
        <source>Paused, picture of {age}</source>
        <translation>已暂停，画面为{age}</translation>
    </message>
    <message>
        <source>Stale, checked {age}</source>
        <translation>过时，检查于{age}</translation>
    </message>
    <message>
        <source>WAL {size}</source>
        <translation>WAL {size}</translation>
    </message>
    <message>
        <source>all priced</source>
        <translation>全部已定价</translation>
    </message>
    <message>
        <source>poll {time}</source>
        <translation>轮询 {time}</translation>
    </message>
    <message>
        <source>{calls} of {all} are priced. The write-ahead log holds {size}. Times are shown in {zone}. Durability {durability}, schema {schema}.</source>
        <translation>已定价 {calls}，共 {all}。预写日志占 {size}。时间按 {zone} 显示。持久性 {durability}，架构版本 {schema}。</translation>
    </message>
    <message>
        <source>{count} alive</source>
        <translation>{count}存活</translation>
    </message>
    <message>
        <source>{count} ms</source>
        <translation>{count} ms</translation>
    </message>
    <message>
        <source>{count} unpriced</source>
        <translation>{count} 未定价</translation>
    </message>
    <message>
        <source>{rate} calls/s</source>
        <translation>{rate} 次调用/秒</translation>
    </message>
</context>
<context>
    <name>SummaryStrip</name>
    <message>
        <source>Cache hit rate</source>
        <translation>缓存命中率</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>In doubt</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒</translation>
    </message>
    <message>
        <source>Saved by caches</source>
        <translation>缓存节省</translation>
    </message>
    <message>
        <source>Spent</source>
        <translation>已支出</translation>
    </message>
    <message>
        <source>Totals of the ledger</source>
        <translation>账本合计</translation>
    </message>
    <message>
        <source>all calls priced</source>
        <translation>全部已定价</translation>
    </message>
    <message>
        <source>by {hits}</source>
        <translation>来自 {hits}</translation>
    </message>
    <message>
        <source>by {workers}</source>
        <translation>由 {workers}</translation>
    </message>
    <message>
        <source>last by a pause</source>
        <translation>最近因暂停</translation>
    </message>
    <message>
        <source>last by {budget}</source>
        <translation>最近由 {budget}</translation>
    </message>
    <message>
        <source>no calls yet</source>
        <translation>尚无调用</translation>
    </message>
    <message>
        <source>no live worker</source>
        <translation>无存活的工作进程</translation>
    </message>
    <message>
        <source>no lookups yet</source>
        <translation>尚无查询</translation>
    </message>
    <message>
        <source>nobody knows yet</source>
        <translation>尚不清楚</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>none failed</source>
        <translation>无失败</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>尚不清楚</translation>
    </message>
    <message>
        <source>nothing open</source>
        <translation>无未决</translation>
    </message>
    <message>
        <source>of {lookups}</source>
        <translation>共 {lookups}</translation>
    </message>
    <message>
        <source>{calls} unpriced</source>
        <translation>{calls}未定价</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} 次失败</translation>
    </message>
</context>
<context>
    <name>Table</name>
    <message>
        <source>Arrows choose rows, Ctrl+C copies them, Shift+F10 shows what can be done</source>
        <translation>方向键选择行，Ctrl+C 复制，Shift+F10 显示可用操作</translation>
    </message>
    <message>
        <source>Columns as at first</source>
        <translation>恢复最初的列</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>复制行</translation>
    </message>
</context>
<context>
    <name>TableTwin</name>
    <message>
        <source>{chart}, table</source>
        <translation>{chart}，表格</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
</context>
<context>
    <name>Troubles</name>
    <message>
        <source>Check that its disk is connected; it is tried again by itself.</source>
        <translation>请检查磁盘是否已连接；程序会自动重试。</translation>
    </message>
    <message>
        <source>Check that you may read the file and its folder.</source>
        <translation>请检查是否有权读取该文件及其文件夹。</translation>
    </message>
    <message>
        <source>Connect the disk or put the folder back; the ledger is read again as soon as it is there.</source>
        <translation>请连接磁盘或放回文件夹；账本一出现就会重新读取。</translation>
    </message>
    <message>
        <source>If it lies on another disk, connect that; it is read as soon as it is there.</source>
        <translation>若账本在另一块磁盘上，请连接该磁盘；账本一出现就会读取。</translation>
    </message>
    <message>
        <source>It appears here by itself as soon as a worker makes its first call.</source>
        <translation>一旦有工作进程发起首次调用，它会自动显示在这里。</translation>
    </message>
    <message>
        <source>It was left untouched. Choose the file that your budget.yaml names.</source>
        <translation>文件未被改动。请选择 budget.yaml 中指定的文件。</translation>
    </message>
    <message>
        <source>It was left untouched. Stop the workers and restore it from a copy.</source>
        <translation>文件未被改动。请停止工作进程并从副本恢复。</translation>
    </message>
    <message>
        <source>No ledger here yet</source>
        <translation>这里还没有账本</translation>
    </message>
    <message>
        <source>Not a budgetmon ledger</source>
        <translation>不是 budgetmon 的账本</translation>
    </message>
    <message>
        <source>Put it back or open another one; workers that still have it open write into nothing, so restart them.</source>
        <translation>请将其放回或打开另一个；仍打开它的工作进程写入的内容会丢失，请重启它们。</translation>
    </message>
    <message>
        <source>Reading was broken off so as not to hold up the writers; it is tried again by itself.</source>
        <translation>为不阻塞写入进程，读取已中断；程序会自动重试。</translation>
    </message>
    <message>
        <source>The ledger cannot be read</source>
        <translation>无法读取账本</translation>
    </message>
    <message>
        <source>The ledger is damaged</source>
        <translation>账本已损坏</translation>
    </message>
    <message>
        <source>The ledger is locked</source>
        <translation>账本已锁定</translation>
    </message>
    <message>
        <source>The ledger needs its owner to recover it</source>
        <translation>账本需要由其所有者恢复</translation>
    </message>
    <message>
        <source>The ledger takes too long to read</source>
        <translation>读取账本耗时过长</translation>
    </message>
    <message>
        <source>The ledger was deleted or moved</source>
        <translation>账本已被删除或移动</translation>
    </message>
    <message>
        <source>The ledger was replaced</source>
        <translation>账本已被替换</translation>
    </message>
    <message>
        <source>The ledger&apos;s disk cannot be read</source>
        <translation>无法读取账本所在的磁盘</translation>
    </message>
    <message>
        <source>The ledger&apos;s disk or folder is gone</source>
        <translation>账本所在的磁盘或文件夹不见了</translation>
    </message>
    <message>
        <source>The ledger&apos;s folder is not there</source>
        <translation>账本所在的文件夹不存在</translation>
    </message>
    <message>
        <source>The new file is being opened.</source>
        <translation>正在打开新文件。</translation>
    </message>
    <message>
        <source>The picture comes back by itself as soon as the lock is gone.</source>
        <translation>锁定解除后画面会自动恢复。</translation>
    </message>
    <message>
        <source>The picture comes by itself as soon as its owner writes again.</source>
        <translation>所有者再次写入后画面会自动出现。</translation>
    </message>
    <message>
        <source>The picture comes by itself as soon as its owner writes or reads it again.</source>
        <translation>所有者再次写入或读取后画面会自动出现。</translation>
    </message>
    <message>
        <source>Upgrade budgetmon to the version that wrote it.</source>
        <translation>请将 budgetmon 升级到写入该文件的版本。</translation>
    </message>
    <message>
        <source>Waiting for the ledger&apos;s owner</source>
        <translation>等待账本的所有者</translation>
    </message>
    <message>
        <source>Written by a newer budgetmon</source>
        <translation>由更新版本的 budgetmon 写入</translation>
    </message>
</context>
<context>
    <name>Workers</name>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Connections that were open when the process died without closing them</source>
        <translation>进程终止时未关闭的连接</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Last write</source>
        <translation>最近写入</translation>
    </message>
    <message>
        <source>Leaked</source>
        <translation>泄漏</translation>
    </message>
    <message>
        <source>Open connections to the ledger</source>
        <translation>与账本的打开连接</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Version of the database engine it writes with</source>
        <translation>其写入所用的数据库引擎版本</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>工作进程</translation>
    </message>
    <message>
        <source>alive</source>
        <translation>存活</translation>
    </message>
    <message>
        <source>dead</source>
        <translation>已终止</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>_Grip</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Drag to move {panel}; double-click to float</source>
        <translation>拖动可移动{panel}；双击使其浮动</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>浮动</translation>
    </message>
    <message>
        <source>Handle of {panel}</source>
        <translation>{panel}的手柄</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>放回</translation>
    </message>
</context>
<context>
    <name>_Receipt</name>
    <message>
        <source>, run {run}</source>
        <translation>，运行 {run}</translation>
    </message>
    <message>
        <source>Asked {asked}, free {free}</source>
        <translation>请求 {asked}，可用 {free}</translation>
    </message>
    <message>
        <source>Choose a refusal to see its whole arithmetic.</source>
        <translation>选择一次拒绝可查看其完整计算。</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>凭据</translation>
    </message>
    <message>
        <source>Receipt of the chosen refusal</source>
        <translation>所选拒绝的凭据</translation>
    </message>
    <message>
        <source>Show the calls behind it</source>
        <translation>显示相关调用</translation>
    </message>
    <message>
        <source>Show the calls of this budget&apos;s window until it refused</source>
        <translation>显示此预算周期内直至拒绝的调用</translation>
    </message>
    <message>
        <source>by worker {worker}</source>
        <translation>来自工作进程 {worker}</translation>
    </message>
    <message>
        <source>{model} refused by {budget}</source>
        <translation>{model} 被 {budget} 拒绝</translation>
    </message>
</context>
<context>
    <name>burn-down</name>
    <message>
        <source>Burn-down</source>
        <translation>预算燃尽</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒</translation>
    </message>
    <message>
        <source>Spent</source>
        <translation>已支出</translation>
    </message>
    <message>
        <source>alert</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>alert: {share} used</source>
        <translation>告警：已用 {share}</translation>
    </message>
    <message>
        <source>at the fastest recent pace</source>
        <translation>按近期最快速度</translation>
    </message>
    <message>
        <source>at the slowest recent pace</source>
        <translation>按近期最慢速度</translation>
    </message>
    <message>
        <source>at {rate}</source>
        <translation>按 {rate}</translation>
    </message>
    <message>
        <source>earlier pauses: {count}</source>
        <translation>更早的暂停：{count}</translation>
    </message>
    <message>
        <source>even pace</source>
        <translation>匀速</translation>
    </message>
    <message>
        <source>held</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>in doubt</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>left</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>limit {amount}</source>
        <translation>限额 {amount}</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒</translation>
    </message>
    <message>
        <source>resets {when}</source>
        <translation>{when} 重置</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>run {name} started</source>
        <translation>运行 {name} 已开始</translation>
    </message>
    <message>
        <source>runs out {when}</source>
        <translation>{when} 用尽</translation>
    </message>
    <message>
        <source>spent</source>
        <translation>已支出</translation>
    </message>
    <message>
        <source>{amount} left</source>
        <translation>剩余 {amount}</translation>
    </message>
    <message>
        <source>{amount} spent</source>
        <translation>已支出 {amount}</translation>
    </message>
    <message>
        <source>{calls} refused</source>
        <translation>{calls}被拒</translation>
    </message>
    <message>
        <source>{count} unpriced</source>
        <translation>{count} 未定价</translation>
    </message>
    <message>
        <source>{provider} paused by {who} from {since}, until when is not known</source>
        <translation>{provider} 自 {since} 起被 {who} 暂停，结束时间未知</translation>
    </message>
    <message>
        <source>{provider} paused by {who} since {since} ({time})</source>
        <translation>{provider} 自 {since} 起被 {who} 暂停（{time}）</translation>
    </message>
    <message>
        <source>{provider} paused by {who}, {since} to {until} ({time})</source>
        <translation>{provider} 被 {who} 暂停，{since} 至 {until}（{time}）</translation>
    </message>
    <message>
        <source>{share} used</source>
        <translation>已用 {share}</translation>
    </message>
</context>
<context>
    <name>caches</name>
    <message>
        <source>By time to live: {list}.</source>
        <translation>按存活时间：{list}。</translation>
    </message>
    <message>
        <source>Cache hit rate</source>
        <translation>缓存命中率</translation>
    </message>
    <message>
        <source>Caches that are given a tracker publish their rates here.</source>
        <translation>关联了 tracker 的缓存会在这里显示命中率。</translation>
    </message>
    <message>
        <source>Estimated from {count} lookups in one process.</source>
        <translation>根据单个进程中的 {count} 次查询估算。</translation>
    </message>
    <message>
        <source>Half the size would hit {rate}, at {money} a day.</source>
        <translation>大小减半命中率为 {rate}，每天 {money}。</translation>
    </message>
    <message>
        <source>Hit rate by size</source>
        <translation>各大小的命中率</translation>
    </message>
    <message>
        <source>Larger than needed: {right} entries would hit as much as {size} do, within a point.</source>
        <translation>大于所需：{right} 个条目的命中率与 {size} 个相差不到一个百分点。</translation>
    </message>
    <message>
        <source>No cache lookups in this span</source>
        <translation>该时间段内没有缓存查询</translation>
    </message>
    <message>
        <source>No estimate yet: it takes some hundred thousand lookups in one process.</source>
        <translation>尚无估算：单个进程需要数十万次查询。</translation>
    </message>
    <message>
        <source>Nothing was loaded through it.</source>
        <translation>没有通过它加载任何内容。</translation>
    </message>
    <message>
        <source>Saved {saved}. Paid again: {evicted} for evicted values, {expired} for expired ones.</source>
        <translation>节省 {saved}。重复支付：被淘汰的值 {evicted}，过期的值 {expired}。</translation>
    </message>
    <message>
        <source>The size is right: {size} entries hit {rate}, and no size would hit more than {best}.</source>
        <translation>大小合适：{size} 个条目命中 {rate}，任何大小都不会超过 {best}。</translation>
    </message>
    <message>
        <source>Too small: {right} entries would hit {best}, where {size} hit {rate}.</source>
        <translation>太小：{right} 个条目可命中 {best}，而 {size} 个仅命中 {rate}。</translation>
    </message>
    <message>
        <source>Twice the size would hit {rate} and save {money} a day.</source>
        <translation>大小加倍可命中 {rate}，每天节省 {money}。</translation>
    </message>
    <message>
        <source>What it saves is not known: no load was paid through a tracker.</source>
        <translation>节省金额未知：没有加载是通过 tracker 付费的。</translation>
    </message>
    <message>
        <source>right</source>
        <translation>合适</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>too small</source>
        <translation>过小</translation>
    </message>
    <message>
        <source>{cache} {rate} (n {count})</source>
        <translation>{cache} {rate} (n {count})</translation>
    </message>
    <message>
        <source>{hits} hits, {misses} misses, {expired} expired, {evicted} evicted; {size} of {most} entries.</source>
        <translation>命中 {hits}，未命中 {misses}，过期 {expired}，淘汰 {evicted}；条目 {size} / {most}。</translation>
    </message>
    <message>
        <source>{loads} loads, {mean} each, {failed} failed.</source>
        <translation>加载 {loads} 次，平均 {mean}，失败 {failed} 次。</translation>
    </message>
</context>
<context>
    <name>callDetails</name>
    <message>
        <source>Cache write rate</source>
        <translation>缓存写入价格</translation>
    </message>
    <message>
        <source>Cache write tokens</source>
        <translation>缓存写入 token</translation>
    </message>
    <message>
        <source>Cached input rate</source>
        <translation>缓存输入价格</translation>
    </message>
    <message>
        <source>Cached input tokens</source>
        <translation>缓存输入 token</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>积分</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Imported at</source>
        <translation>导入时间</translation>
    </message>
    <message>
        <source>Imported from</source>
        <translation>导入来源</translation>
    </message>
    <message>
        <source>In UTC</source>
        <translation>UTC 时间</translation>
    </message>
    <message>
        <source>Input rate</source>
        <translation>输入价格</translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation>输入 token</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Output rate</source>
        <translation>输出价格</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>Overrun</source>
        <translation>超额</translation>
    </message>
    <message>
        <source>Per call</source>
        <translation>每次调用</translation>
    </message>
    <message>
        <source>Per credit</source>
        <translation>每积分</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>Rates from</source>
        <translation>价格生效</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>可信度</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>工作进程</translation>
    </message>
    <message>
        <source>at most {count}</source>
        <translation>最多 {count}</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>尚不清楚</translation>
    </message>
    <message>
        <source>nothing: it was released</source>
        <translation>无：已释放</translation>
    </message>
    <message>
        <source>unpriced: no price is known</source>
        <translation>未定价：价格未知</translation>
    </message>
    <message>
        <source>{amount} per million tokens</source>
        <translation>每百万 token {amount}</translation>
    </message>
</context>
<context>
    <name>cards</name>
    <message>
        <source>All providers</source>
        <translation>所有提供商</translation>
    </message>
    <message>
        <source>Burning {rate}</source>
        <translation>消耗 {rate}</translation>
    </message>
    <message>
        <source>Caches answered {hits} of {lookups} without a paid call: {saved} saved. The rest cost {paid}.</source>
        <translation>{lookups}中，缓存无需付费调用即答复 {hits} 次：节省 {saved}。其余花费 {paid}。</translation>
    </message>
    <message>
        <source>Frees bit by bit, what was spent {length} ago</source>
        <translation>逐步释放 {length} 前的支出</translation>
    </message>
    <message>
        <source>Lasts at this rate</source>
        <translation>按此速度足够</translation>
    </message>
    <message>
        <source>Lasts until it resets</source>
        <translation>可用至重置</translation>
    </message>
    <message>
        <source>Never resets</source>
        <translation>从不重置</translation>
    </message>
    <message>
        <source>Nothing is being spent</source>
        <translation>当前没有支出</translation>
    </message>
    <message>
        <source>Resets {when}, in {time}</source>
        <translation>{when} 重置，还有 {time}</translation>
    </message>
    <message>
        <source>Runs out any moment</source>
        <translation>即将用尽</translation>
    </message>
    <message>
        <source>Runs out {when}</source>
        <translation>用尽时间 {when}</translation>
    </message>
    <message>
        <source>Runs out {when}, in {time}</source>
        <translation>{when} 用尽，还有 {time}</translation>
    </message>
    <message>
        <source>Solid: spent, hatched: held, dotted: in doubt.</source>
        <translation>实心：已支出；斜线：预留；点状：存疑。</translation>
    </message>
    <message>
        <source>Too early to tell.</source>
        <translation>尚早。</translation>
    </message>
    <message>
        <source>Too little left for the next call</source>
        <translation>余额不足以进行下一次调用</translation>
    </message>
    <message>
        <source>Used up</source>
        <translation>已用尽</translation>
    </message>
    <message>
        <source>exhausted</source>
        <translation>已用尽</translation>
    </message>
    <message>
        <source>in all</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>in {length}</source>
        <translation>{length} 内</translation>
    </message>
    <message>
        <source>lifetime</source>
        <translation>终身</translation>
    </message>
    <message>
        <source>model {name}</source>
        <translation>模型 {name}</translation>
    </message>
    <message>
        <source>no budget</source>
        <translation>无预算</translation>
    </message>
    <message>
        <source>of {limit} {period}</source>
        <translation>/ {limit} {period}</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>per day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>per month</source>
        <translation>每月</translation>
    </message>
    <message>
        <source>per week</source>
        <translation>每周</translation>
    </message>
    <message>
        <source>per {period}</source>
        <translation>每 {period}</translation>
    </message>
    <message>
        <source>run {name}</source>
        <translation>运行 {name}</translation>
    </message>
    <message>
        <source>tag {name}</source>
        <translation>标签 {name}</translation>
    </message>
    <message>
        <source>this month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>this week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>warns only</source>
        <translation>仅警告</translation>
    </message>
    <message>
        <source>{amount} an hour</source>
        <translation>每小时 {amount}</translation>
    </message>
    <message>
        <source>{amount} held</source>
        <translation>预留 {amount}</translation>
    </message>
    <message>
        <source>{amount} in doubt</source>
        <translation>存疑 {amount}</translation>
    </message>
    <message>
        <source>{amount} left</source>
        <translation>剩余 {amount}</translation>
    </message>
    <message>
        <source>{amount} over</source>
        <translation>超出 {amount}</translation>
    </message>
    <message>
        <source>{amount} saved</source>
        <translation>节省 {amount}</translation>
    </message>
    <message>
        <source>{amount} spent, without a limit</source>
        <translation>已支出 {amount}，无限额</translation>
    </message>
    <message>
        <source>{amount} spent, {counts}. Press Enter to show its burn-down.</source>
        <translation>已支出 {amount}，{counts}。按 Enter 显示燃尽图。</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} 次失败</translation>
    </message>
    <message>
        <source>{count} refused</source>
        <translation>{count} 次被拒</translation>
    </message>
    <message>
        <source>{count} unpriced</source>
        <translation>{count} 次未定价</translation>
    </message>
    <message>
        <source>{length} rolling</source>
        <translation>滚动 {length}</translation>
    </message>
    <message>
        <source>{rate} hits</source>
        <translation>命中 {rate}</translation>
    </message>
    <message>
        <source>{share} used, held or in doubt at {elapsed} of the window (the tick).</source>
        <translation>周期过去 {elapsed}（刻度）时，已支出、预留或存疑共 {share}。</translation>
    </message>
    <message>
        <source>{share} used, held or in doubt.</source>
        <translation>已支出、预留或存疑共 {share}。</translation>
    </message>
    <message>
        <source>{spent} of {limit}</source>
        <translation>{spent} / {limit}</translation>
    </message>
    <message>
        <source>{spent} of {limit} spent.</source>
        <translation>已支出 {spent} / {limit}。</translation>
    </message>
    <message>
        <source>{time} before it resets {when}</source>
        <translation>比 {when} 重置早 {time}</translation>
    </message>
</context>
<context>
    <name>consumption</name>
    <message>
        <source>Begins</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Consumption</source>
        <translation>消耗</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>Only from {when} on: more calls than are read</source>
        <translation>仅自 {when} 起：调用多于读取量</translation>
    </message>
    <message>
        <source>dotted: 95 of 100 are faster</source>
        <translation>虚线：95% 更快</translation>
    </message>
    <message>
        <source>no run</source>
        <translation>无运行</translation>
    </message>
    <message>
        <source>no tag</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{amount} an hour</source>
        <translation>每小时 {amount}</translation>
    </message>
    <message>
        <source>{begin} to {end}</source>
        <translation>{begin} 至 {end}</translation>
    </message>
    <message>
        <source>{count} a minute</source>
        <translation>每分钟 {count}</translation>
    </message>
    <message>
        <source>{count} others</source>
        <translation>其他 {count} 项</translation>
    </message>
    <message>
        <source>{name}  {typical}, 95 of 100 within {slow}</source>
        <translation>{name}  {typical}，95% 在 {slow} 内</translation>
    </message>
    <message>
        <source>{name}, 95 of 100</source>
        <translation>{name}，95%</translation>
    </message>
</context>
<context>
    <name>export</name>
    <message>
        <source>Everything in the ledger</source>
        <translation>账本中的全部内容</translation>
    </message>
    <message>
        <source>This window of {budget}: since {time}</source>
        <translation>{budget} 的当前周期：自 {time}</translation>
    </message>
    <message>
        <source>What is shown: {stretch}</source>
        <translation>当前显示：{stretch}</translation>
    </message>
    <message>
        <source>a bill by the hour, for FinOps tools</source>
        <translation>按小时的账单，用于 FinOps 工具</translation>
    </message>
    <message>
        <source>a copy of the whole ledger, to open again here</source>
        <translation>整个账本的副本，可在此重新打开</translation>
    </message>
    <message>
        <source>a folder of typed tables, for analysis</source>
        <translation>带类型的表格文件夹，用于分析</translation>
    </message>
    <message>
        <source>a folder with one file per table, for any spreadsheet</source>
        <translation>每个表格一个文件的文件夹，适用于任何电子表格</translation>
    </message>
    <message>
        <source>a row a line, for streams and log stores</source>
        <translation>每行一条记录，用于数据流和日志存储</translation>
    </message>
    <message>
        <source>needs: {command}</source>
        <translation>需要：{command}</translation>
    </message>
    <message>
        <source>one document with everything, for programs</source>
        <translation>包含全部内容的单个文档，供程序使用</translation>
    </message>
    <message>
        <source>one page with charts and tables, for a browser</source>
        <translation>含图表和表格的单页，供浏览器查看</translation>
    </message>
    <message>
        <source>one workbook, a sheet per table</source>
        <translation>一个工作簿，每个表格一张工作表</translation>
    </message>
    <message>
        <source>the same CSV files in one archive</source>
        <translation>相同的 CSV 文件打包为一个归档</translation>
    </message>
    <message>
        <source>the same page for paper and for mail</source>
        <translation>同一页面，用于打印和邮件</translation>
    </message>
</context>
<context>
    <name>filters</name>
    <message>
        <source>a value is missing</source>
        <translation>缺少值</translation>
    </message>
    <message>
        <source>does not apply to this table</source>
        <translation>不适用于此表格</translation>
    </message>
    <message>
        <source>expected a duration such as 250ms, 2s or 5m</source>
        <translation>应为时长，例如 250ms、2s 或 5m</translation>
    </message>
    <message>
        <source>expected a time such as 10:00, 2h or 2026-03-01T09:30</source>
        <translation>应为时间，例如 10:00、2h 或 2026-03-01T09:30</translation>
    </message>
    <message>
        <source>expected a whole number</source>
        <translation>应为整数</translation>
    </message>
    <message>
        <source>expected an amount in USD such as 0.10</source>
        <translation>应为美元金额，例如 0.10</translation>
    </message>
    <message>
        <source>expected held, settled, released or in-doubt</source>
        <translation>应为 held、settled、released 或 in-doubt</translation>
    </message>
    <message>
        <source>no such word; text with a colon in it goes into quotation marks</source>
        <translation>没有这个词；含冒号的文本请用引号括起</translation>
    </message>
    <message>
        <source>only cost, held, tokens and took can be compared</source>
        <translation>只有 cost、held、tokens 和 took 可以比较</translation>
    </message>
    <message>
        <source>the closing quotation mark is missing</source>
        <translation>缺少右引号</translation>
    </message>
</context>
<context>
    <name>orders</name>
    <message>
        <source>Charge {amount} for this call...</source>
        <translation>为此调用计费 {amount}...</translation>
    </message>
    <message>
        <source>Pause {provider}</source>
        <translation>暂停 {provider}</translation>
    </message>
    <message>
        <source>Release this call...</source>
        <translation>释放此调用...</translation>
    </message>
    <message>
        <source>Resume {provider}</source>
        <translation>恢复 {provider}</translation>
    </message>
</context>
<context>
    <name>runs</name>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>cancelling</source>
        <translation>正在取消</translation>
    </message>
    <message>
        <source>collecting</source>
        <translation>正在收集</translation>
    </message>
    <message>
        <source>crashed</source>
        <translation>已崩溃</translation>
    </message>
    <message>
        <source>error</source>
        <translation>出错</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>no tests</source>
        <translation>无测试</translation>
    </message>
    <message>
        <source>not run</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>已超时</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>xfailed</source>
        <translation>预期失败</translation>
    </message>
    <message>
        <source>xpassed</source>
        <translation>意外通过</translation>
    </message>
</context>
<context>
    <name>units</name>
    <message>
        <source>${amount}</source>
        <translation>${amount}</translation>
    </message>
    <message>
        <source>from {since} to {until}</source>
        <translation>{since} 至 {until}</translation>
    </message>
    <message>
        <source>in the last {time}</source>
        <translation>最近 {time}</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>never</source>
        <translation>永不</translation>
    </message>
    <message>
        <source>{amount}%</source>
        <translation>{amount}%</translation>
    </message>
    <message>
        <source>{count} B</source>
        <translation>{count} B</translation>
    </message>
    <message>
        <source>{count} GiB</source>
        <translation>{count} GiB</translation>
    </message>
    <message>
        <source>{count} KiB</source>
        <translation>{count} KiB</translation>
    </message>
    <message>
        <source>{count} MiB</source>
        <translation>{count} MiB</translation>
    </message>
    <message numerus="yes">
        <source>{count} call(s)</source>
        <translation>
            <numerusform>{count} 次调用</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} d</source>
        <translation>{count} 天</translation>
    </message>
    <message numerus="yes">
        <source>{count} entry(ies)</source>
        <translation>
            <numerusform>{count} 个条目</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} 小时</translation>
    </message>
    <message numerus="yes">
        <source>{count} hit(s)</source>
        <translation>
            <numerusform>{count} 次命中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} live worker(s)</source>
        <translation>
            <numerusform>{count} 个存活的工作进程</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} lookup(s)</source>
        <translation>
            <numerusform>{count} 次查询</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{count} ms</source>
        <translation>{count} ms</translation>
    </message>
    <message numerus="yes">
        <source>{count} new call(s)</source>
        <translation>
            <numerusform>{count} 次新调用</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
    <message numerus="yes">
        <source>{count} token(s)</source>
        <translation>
            <numerusform>{count} 个 token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} writer(s)</source>
        <translation>
            <numerusform>{count} 个写入进程</numerusform>
        </translation>
    </message>
    <message>
        <source>{day} {month}</source>
        <translation>{month}{day}日</translation>
    </message>
    <message>
        <source>{day} {month} {year}</source>
        <translation>{year}年{month}{day}日</translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation>{year}年{month}</translation>
    </message>
    <message>
        <source>{time} ago</source>
        <translation>{time}前</translation>
    </message>
    <message>
        <source>{weekday} {day}</source>
        <translation>{day}日 {weekday}</translation>
    </message>
</context>
</TS>
