### Words that stand in many places: one word per thing (look.md, "Words").

app-name = Tabane
language-en = English
language-ja = 日本語

## What became of a request

status-succeeded = 成功
status-failed = 失敗
status-expired = 期限切れ
status-cancelled = 取り消し
status-missing = 結果なし
status-pending = 処理待ち

## A job

job-state-preparing = 準備中
job-state-sending = 送信中
job-state-running = 送り先で処理中
job-state-cancelling = 取り消し中
job-state-collecting = 結果を受け取り中
job-state-waiting = 確認が必要
job-state-finished = 完了

## A part: one batch at the provider

part-state-planned = 順番待ち
part-state-uploading = アップロード中
part-state-uploaded = アップロード済み
part-state-creating = 受け渡し中
part-state-unclear = 届いたかを確認中
part-state-running = 送り先で処理中
part-state-ended = 結果の受け取り待ち
part-state-collected = 完了
part-state-refused = 受け付けられず
part-state-halved = 小さく分割
part-state-dropped = 送信せず

## What the provider says of a part

remote-state-validating = 確認中
remote-state-in_progress = 処理中
remote-state-finalizing = 結果の準備中
remote-state-cancelling = 取り消し中
remote-state-completed = 完了
remote-state-failed = 受け付けられず
remote-state-expired = 期限切れ
remote-state-cancelled = 取り消し
remote-state-unknown = 不明

## What Tabane does at a provider

effect-upload = アップロード
effect-create = 受け渡し
effect-cancel = 取り消し
effect-delete = 後片づけ

## Where requests are sent

provider-openai = OpenAI
provider-groq = Groq
provider-kluster = kluster.ai
provider-custom = そのほかのサービス
provider-practice = 練習用サービス

## Weight of a problem

severity-error = 問題
severity-warning = 要確認

## Counts

count-requests = { $count }件
count-rows = { $count }行
count-lines = { $count }行
count-parts = { $count }束
count-jobs = { $count }件のジョブ
count-models = { $count }モデル
count-problems = 問題が{ $count }件

## Times. The figures come grouped, dates come ready made.

duration-seconds = { $count }秒
duration-minutes = { $count }分
duration-hours = { $count }時間
duration-days = { $count }日
duration-two = { $large }{ $small }
deadline-ahead = { $time }まで（あと{ $distance }）
deadline-passed = { $time }（{ $distance }前に過ぎました）

## A failure that has no sentence of its own

error-unexpected = 想定していないことが起きました（{ $code }）。
    .means = これまでに保存・送信したものは、そのまま残っています。
    .next = もう一度試してください。繰り返すときは、「詳細」に手がかりがあります。
