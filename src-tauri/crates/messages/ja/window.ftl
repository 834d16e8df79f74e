# ウィンドウの文言。用語は look.md に従う。ボタンは「何を・いくつ・どうする」。続けてダイアログが開くものは「…」で終える。

## Shared
close = 閉じる
cancel-dialog = やめる
undo = 戻す
more-for = { $name }のその他の操作
details = 詳細
not-told = 送り先から知らされていません
language-label = 言語
practice-mark = 練習用：回答は見本で、データではありません
practice-word = 練習用
practice-answers = 練習用の見本です。データではありません。
drop-here =
    { $files ->
        [0] ここにドロップすると、中身を確かめます
        [one] ここにドロップすると、中身を確かめます
       *[other] ここにドロップすると、{ $files }個のファイルを確かめます
    }
drop-note = まだ何も送りません。

## Navigation
nav-label = メイン
nav-home = ホーム
nav-studies = 研究
nav-jobs = ジョブ
nav-connections = 接続
nav-settings = 設定
nav-running = { $count }件のジョブが送り先で処理中です。このウィンドウは閉じてもかまいません。

## First start
start-title = どこから始めますか
start-lead =
    AIモデルへのたくさんの質問をひとつに束ね、各社の「半額の一括処理」に送ります。
    戻ってきた回答は、一件も取りこぼさず、ひとつの表になります。
start-file = ファイルを送る
start-file-about = リクエストファイル（JSONL）をお持ちの方に。送る前に、全行を確かめます。
start-file-needs =
    必要なもの：ファイルと、
    AIサービスのAPIキー
start-study = 研究を設計する
start-study-about = ペルソナ・文章・条件を掛け合わせ、試行回数と、ほしい回答の形を決めます。
start-study-needs =
    必要なもの：表計算ファイル。
    見本の研究からも始められます
start-practice = 練習用サービスで試す
start-practice-about = 送信から結果の表まで、2分ほどで一通り試せます。回答はこのパソコンの中で作られる見本です。
start-practice-needs =
    必要なもの：なし
    （キー・費用・通信は不要）
start-drop = このウィンドウに、ファイルをそのままドロップすることもできます。
start-keys = APIキーは、このパソコンのキーチェーンに保管します。

## Lists of jobs
list-name = 名前
list-sent-to = 送り先
list-requests = リクエスト
list-state = 状態
list-time = 時刻
list-done = { $requests }件中{ $done }件
list-requests-count = { $count }件
list-not-chosen = 未選択
list-by = { $time }まで
list-imported = ファイルから読み込み
job-is-all-answered = 全件回答あり
job-is-failed = { $count }件が失敗
job-is-expired = { $count }件が期限切れ
job-is-cancelled = { $count }件を取り消し
job-is-missing = { $count }件が結果なし
draft-is-checking = 検査中
draft-is-ready = 送信できます
draft-is-stopped = 検査を中断
draft-is-unreadable = 読み込めません
draft-is-empty = 送るものなし
draft-is-problems = 問題が{ $count }件

## Home
home-title = ホーム
home-waiting = 確認が必要です
home-running = 送り先で処理中
home-studies = 作成中の研究
home-all-studies = { $count }件の研究をすべて見る
home-finished = 完了
home-all = { $count }件のジョブをすべて見る
home-send-file = ファイルを送る…

## Jobs
jobs-title = ジョブ
jobs-search = ジョブを検索
jobs-import = 結果ファイルを読み込む…
jobs-adopt = バッチを引き継ぐ…
jobs-none = ジョブはまだありません
jobs-none-about = 送ったジョブは、削除するまで、回答とともにここに残ります。
jobs-not-found = 名前・送り先・モデルに「{ $search }」を含むジョブはありません。
jobs-delete = 削除…
jobs-delete-title = 「{ $name }」を削除しますか
jobs-delete-about = { $count }件のリクエストとすべての回答を、このパソコンから削除します。元には戻せません。
jobs-delete-running = まだ{ $provider }で処理中です。先にジョブを取り消すと、削除できます。
jobs-delete-open = ジョブを開く
jobs-delete-keep = 残しておく
jobs-delete-confirm = ジョブを削除
## Taking over a batch
adopt-title = バッチを引き継ぐ
adopt-about = スクリプトなど、ほかの方法で送ったバッチを、ここのジョブにします。何も送らず、サービス側も変わりません。
adopt-from = 接続
adopt-no-connection = 接続しているサービスがまだありません。
adopt-asking = { $service }にバッチの一覧を問い合わせています…
adopt-none = このキーで見える{ $service }のバッチはありません。
adopt-by-id = バッチのIDを入力して引き継ぐこともできます。
adopt-batches = { $service }のバッチ
adopt-search = バッチを検索
adopt-not-found = ID・名前・モデルに「{ $search }」を含むバッチはありません。
adopt-batch = バッチ
adopt-created = 送信
adopt-is-job = ジョブあり
adopt-id = バッチのID
adopt-id-about = 上の一覧から選ぶか、サービスが付けたIDを貼り付けます。
adopt-with-requests = リクエストファイルを持っている
adopt-with-requests-about = 回答の隣にリクエストを表示できます。次の画面でファイルを選びます。
adopt-confirm = バッチを引き継ぐ
adopt-confirm-file = ファイルを選ぶ…
adopt-busy = 引き継いでいます…

## Check
check-another = 別のファイルを選ぶ…
check-remove = 一覧から外す
check-remove-about = 元のファイルはそのまま残ります
check-lines = ファイルの行数
check-ready = 送信できる
check-problems-count = 問題のある行
check-size = サイズ
check-goes-out = 送り方
check-parts =
    { $parts ->
       *[other] 束
    }（ジョブは{ $jobs }つ）
check-problems = 見つかった問題
check-no-problems = 問題は見つかりませんでした。全行をそのまま送信できます。
check-no-problems-changed = 問題は見つかりませんでした。
check-fix-safe = 安全に直せる{ $count }件を直す
check-col-line = 行
check-col-what = 内容
check-col-act = できること
check-whole-file = 全体
check-more-lines = ほか{ $count }行
check-given = モデルの選択
check-given-none = このファイルには、モデルの指定がありません。
check-given-some = モデルの指定のない行が{ $count }行あります。
check-given-about = ここで選んだモデルが、すべての行に回答します。
check-given-label = 回答するモデル
check-given-use = このモデルを使う
check-given-used = すべての行に{ $model }が回答します。
check-given-undo = ファイルの指定に戻す
check-given-other = 全行に別のモデルを使う…
check-copy = 修正はコピーに加えます。元のファイルは変わりません。
check-changed = { $service }に合わせて変わるところ
check-changed-all =
    { $total ->
       *[other] 全{ $total }件が対象です。
    }
check-changed-some = { $total }件のうち{ $count }件が対象です。
check-refused = モデルが受け付けないもの
check-changed-copy = 送信するコピーだけを変えます。元のファイルは変わりません。
check-untranslatable-more = ほかに{ $count }行で、同じような指定があります。
check-show = 見る
check-show-line = { $line }行目を見る
fix-drop-bom = 取り除く
fix-convert-to-utf8 = UTF-8に変換
fix-drop-blank-lines = 空行を{ $count }つ除く
fix-name-by-line = { $count }行に行番号で命名
fix-rename-duplicates = { $count }件の名前を変える
fix-one-job-per-model = モデルごとに分ける
fix-leave-out = { $count }行を外す
fixed-drop-bom = 取り除きました
fixed-convert-to-utf8 = 変換しました
fixed-drop-blank-lines = 除きました
fixed-name-by-line = 名付けました
fixed-rename-duplicates = 名前を変えました
fixed-one-job-per-model = 分けました
fixed-leave-out = 外しました
check-undo-for = 戻す：{ $what }
check-running = 全行を確かめています
check-running-lines = { $lines }行まで確認、{ $total }のうち{ $done }
check-stop = 検査を中断
check-stopped = 検査を中断しました。
check-stopped-about = まだ何も送っていません。ファイルも元のままです。
check-again = もう一度検査
check-send-to = 送り先
check-key-ends = キー末尾 …{ $ends }
check-key-none = キー未登録
check-key-temporary = キーは終了まで
check-practice-remark = キー・費用なし
check-add-connection = 接続を追加
check-window = 完了期限
check-window-hours = { $count }時間以内
check-window-days = { $count }日以内
check-half-price = 半額
check-discount = { $percent }％引き
check-discount-unknown = 割引は不明
check-window-one = { $service }はこの1種類です。
check-window-choose = 先に送り先を選んでください。
check-writing = 書き方
check-length = 回答の上限（トークン）
check-length-about = { $service }では上限の指定が必要です。指定のないリクエストに、この値を使います。
check-cache = 共通部分をキャッシュの対象にする
check-cache-about = 長いシステムメッセージが多くのリクエストに共通するときに得です。最初は割高、あとは割安になります。
check-price = 料金
check-price-unknown = まだ計算していません
check-price-about = Tabaneはまだ料金を計算できません。料金は{ $service }の料金表に従って、ご自身のアカウントに請求されます。
check-price-practice = かかりません
check-price-practice-about = 練習用の回答は、このパソコンの中で作ります。外には何も送りません。
check-contents = ファイルの中身
check-model =
    { $count ->
       *[other] モデル
    }
check-model-none = どの行にも指定なし
check-answered-by = 回答するモデル
check-encoding = 文字コード
check-foot-checking = 検査を続けています。
check-foot-nothing-sent = まだ何も送っていません。
check-foot-decide = 残り{ $count }行の扱いを決めると、送信できます。
check-foot-safe-too = ほかの{ $count }行は自動で直せます。まだ何も送っていません。
check-foot-safe = { $count }行を自動で直すと、送信できます。
check-foot-model = 回答するモデルを選ぶと、送信できます。
check-foot-empty = このファイルには、送るものがありません。
check-foot-untranslatable = { $count }行に、{ $service }にはない指定があります。
check-foot-choose = 送り先を選んでください。
check-foot-no-key = { $service }のキーがまだありません。「接続」で登録してください。
check-foot-unchecked = 送信の前に、ファイルの検査が必要です。
check-foot-ready = { $requests }件・{ $parts }束・料金はまだ計算していません
check-foot-ready-practice = { $requests }件・{ $parts }束・料金はかかりません
check-foot-as-is = 全行をそのまま送ります。
check-foot-left-out = { $count }行を外しました。元のファイルは変わりません。
check-foot-fixed = 修正はコピーに加えました。元のファイルは変わりません。
check-foot-changed = { $service }に合わせて変わるところは、上に示しています。元のファイルは変わりません。
check-foot-translated = リクエストを{ $service }の書き方に直して送ります。元のファイルは変わりません。
send-to = { $service }に{ $count }件を送信
send-count = { $count }件を送信
send-nowhere = 送信
confirm-title = { $service }に{ $count }件を送信しますか
confirm-price = 料金
confirm-charged = 請求先
confirm-account = ご自身の{ $service }アカウント（キー末尾 …{ $ends }）
confirm-account-no-key = ご自身の{ $service }アカウント
confirm-nobody = なし（練習用は無料です）
confirm-by = 受け取り
confirm-by-value = 遅くとも{ $time }
confirm-left-out = 外した行
confirm-left-out-value = { $count }行
confirm-jobs = ジョブ
confirm-jobs-value = { $count }つ（モデルごとに1つ）
confirm-cancel-note = あとから取り消せますが、それまでに{ $service }が答えた分の料金はかかります。
confirm-practice-note = 回答はこのパソコンの中で作られ、どこでも「練習用」と表示されます。
confirm-not-yet = まだ送らない
confirm-sending = 引き渡しています…
line-title = { $line }行目
line-earlier = 同じ問題のある前の行
line-later = 同じ問題のある次の行
line-cut = はじめの20,000文字だけを表示しています。

## Job
job-cancel = ジョブを取り消す…
job-so-far = ここまでの結果
job-open-results = 結果を開く
job-export = 書き出す…
job-says-preparing = 送る準備をしています。まだ何も送っていません。
job-says-sending =
    { $parts ->
        [one] { $provider }に送っています。
       *[other] { $provider }に送っています。{ $parts }束のうち{ $done }束が届きました。
    }
job-says-running-known = { $provider }が処理中です。{ $requests }件のうち{ $done }件が終わりました。
job-says-running = { $provider }が{ $requests }件を処理中です。
job-says-unclear = 第{ $part }束が{ $provider }に届いたか、まだ分かりません。{ $provider }側の一覧を確認しています。二重に送ることはありません。
job-says-cancelling = 取り消しています。{ $provider }が、始めた分を終えるのを待っています。
job-says-collecting = { $provider }から回答を受け取っています。
job-says-waiting = 確認が必要です。
job-says-all = 完了しました。{ $requests }件すべてに回答がありました。
job-says-failed = 完了しました。{ $succeeded }件に回答があり、{ $failed }件は失敗しました。
job-says-some = 完了しました。{ $requests }件のうち{ $succeeded }件に回答がありました。
job-says-cancelled = 取り消しました。{ $requests }件のうち{ $succeeded }件には回答がありました。
job-about-sending = すべて届くまで、Tabaneを開いたままにしてください。閉じたときは、次に開いたときに続きから送ります。
job-about-running = Tabaneを閉じても、電源を切ってもかまいません。処理は{ $provider }の側で続きます。回答は、次にTabaneを開いたときに受け取ります。
job-about-practice = Tabaneを閉じてもかまいません。練習用のジョブは、次に開いたときに続きから進みます。
job-about-no-numbers = { $provider }からは、まだ件数が知らされていません。終わるまで知らせないサービスもあります。
job-about-cancelling = ここまでの回答は残ります。その分の料金はかかります。
job-about-cancelling-practice = ここまでの回答は残ります。
job-about-finished = すべての結果を確認できています。
job-about-missing = { $count }件は、{ $provider }から届いたどのファイルにもありません。料金がかかっている可能性があります。
sum-label = リクエスト{ $requests }件：{ $parts }
sum-requests = リクエスト
sum-part-succeeded = 成功{ $count }件
sum-part-failed = 失敗{ $count }件
sum-part-expired = 期限切れ{ $count }件
sum-part-cancelled = 取り消し{ $count }件
sum-part-missing = 結果なし{ $count }件
sum-part-pending = 処理待ち{ $count }件
job-parts = 束
part-number = 束
job-facts = まとめ
job-fact-sent = 送信
job-fact-created = 作成
job-fact-elapsed = 経過
job-fact-elapsed-little = 1分未満
job-fact-due = 完了期限
job-fact-due-in = あと{ $time }
job-fact-due-past = 期限を過ぎました。確認を続けています
job-fact-ended = 完了
job-fact-took = 所要時間
job-fact-size = サイズ
job-fact-price = 料金
job-fact-kept = このパソコン
job-fact-kept-value = 全回答を届いたまま保存
job-fact-kept-there = { $provider }の保管期限
job-fact-kept-there-about = その前に結果を受け取ります
job-fact-kept-there-past = 期限を過ぎました。受け取りを試みています
job-fact-version = APIのバージョン
job-changed = { $provider }に合わせて変えたところ
job-left = { $provider }に残っているもの
job-left-about = { $parts }束のリクエストと結果が、ご自身のアカウントに残っています。保管に料金がかかることがあります。
job-left-delete = 送り先から削除…
job-left-title = { $provider }に置いたものを削除しますか
job-left-question = アップロードしたリクエストと結果（{ $parts }束分）を、送り先から削除します。このパソコンの回答は残ります。元には戻せません。
job-left-keep = 残しておく
job-left-confirm = 送り先から削除
job-left-deleting = 削除しています…
job-left-done = { $provider }から削除しました。
job-timeline = これまでの経過
timeline-job-preparing = 送る準備
timeline-job-sending = 送信開始
timeline-job-running = すべて送り先に到着
timeline-job-cancelling = 取り消しを依頼
timeline-job-collecting = 受け取り開始
timeline-job-waiting = 確認待ち
timeline-job-finished = 完了
timeline-part-planned = 第{ $part }束を用意
timeline-part-uploading = 第{ $part }束のアップロード開始
timeline-part-uploaded = 第{ $part }束のアップロード完了
timeline-part-creating = 第{ $part }束を引き渡し中
timeline-part-unclear = 第{ $part }束：返事が不明、確認中
timeline-part-running = 第{ $part }束の受付完了
timeline-part-ended = 第{ $part }束が送り先で終了
timeline-part-collected = 第{ $part }束の回答を受け取り
timeline-part-refused = 第{ $part }束は受け付けられず
timeline-part-halved = 第{ $part }束が大きすぎるため、分けて送信
timeline-part-dropped = 第{ $part }束は送らずに終了
job-why-failed = { $count }件が失敗した理由
job-failure-code = 送り先の表現では「{ $code }」です。
job-show-failed = 見る
job-show-failed-label = 失敗したリクエストを見る
job-worth-a-look = 回答はあるものの、確認が必要
job-cut-off = 長さの上限で途切れています。
job-cut-off-about = 成功に数え、料金もかかります。表の「finish_reason」は「length」です。
job-show-answers = この回答を表示
job-declined = モデルが回答を断っています。
job-declined-about = 成功に数え、料金もかかります。
job-missing-values = 回答用紙に、値のない項目があります。
job-missing-values-about = 回答から読み取れない項目は欠損のままです。手作業で修正できます。
job-orphans = このジョブのどのリクエストのものでもない回答です。
job-orphans-about = 届いたまま保存し、件数には数えません。
job-resume = 今すぐ試す
job-to-connections = 「接続」を開く
job-unclear-title = 第{ $part }束は届いたでしょうか
job-unclear-look = もう一度確認
job-unclear-look-about = { $provider }の一覧を見直します。何も送りません。
job-unclear-send = もう一度送る…
job-unclear-send-about = 実は届いていた場合、料金が二重にかかることがあります。
job-unclear-drop = あきらめる…
job-unclear-drop-about = この束は取り消しに数えます。実は届いていた場合、料金はかかります。
job-unclear-send-title = 第{ $part }束をもう一度送りますか
job-unclear-send-confirm = 第{ $part }束を再送
job-unclear-drop-title = 第{ $part }束をあきらめますか
job-unclear-drop-confirm = 第{ $part }束をあきらめる
job-unclear-neither = あとで決める
job-cancel-title = 「{ $name }」を取り消しますか
job-cancel-about = { $provider }は、できるだけ早く処理を止めます。それまでの回答はここに残り、その分の料金はかかります。
job-cancel-about-practice = それまでの回答は残ります。
job-cancel-keep = このまま続ける
job-cancel-confirm = ジョブを取り消す
job-answers = 回答{ $count }件
job-answers-about = 表で読み、検索し、書き出せます。
job-delete = ジョブを削除…

## Results
results-facets = 絞り込み
results-state = 状態
look-cut-off = 途切れた回答
look-declined = 断られた回答
look-missing-cells = 欠損あり
look-edited-cells = 手作業で修正
results-all = すべて
results-search = 回答を検索
results-rows = { $all }行中{ $shown }行
results-grid = 「{ $name }」の結果
results-remove-filter = 絞り込み「{ $name }」を外す
results-none = この検索と絞り込みに合う行はありません。
results-clear = すべての行を表示
results-missing = 回答なし
results-export = { $count }行を書き出す…
results-back = ジョブに戻る
results-back-study = 研究に戻る
results-cell-missing = 欠損
results-cell-emptied = 手作業で欠損にしました。
row-cells = 回答から読み取った値
cells-not-read = 回答は、まだ読み取られていません。
cell-edited = 手作業で修正（元の値：「{ $was }」）
cell-correct = { $field }を修正
cell-restore = { $field }の修正を取り消す
cell-keep = 確定
row-panel = { $row }行目：{ $id }
row-of-line = ファイルの{ $line }行目
row-request = リクエスト
row-answer = 回答
row-role-system = システムメッセージ
row-role-user = ユーザーメッセージ
row-role-assistant = アシスタントメッセージ
row-role-other = 「{ $role }」のメッセージ
row-tokens-in = 入力{ $count }トークン
row-tokens-out = 出力{ $count }トークン
row-tokens-cached = うちキャッシュ{ $count }
row-tokens-reasoning = うち推論{ $count }
row-cut-off = 長さの上限で途切れています。
row-no-request = リクエストは分かりません。このジョブにはリクエストファイルがありません。
row-unreadable = メッセージを読み取れませんでした。「詳細」で、送った行をそのまま見られます。
row-no-answer = 回答はありません。
row-why-failed = 失敗しました：{ $code }
row-why-expired = 期限までに回答がありませんでした。
row-why-cancelled = 回答の前に取り消されました。
row-why-missing = 送り先から届いたどのファイルにもありません。料金がかかっている可能性があります。
row-why-pending = まだ回答がありません。
row-raw-request = 送った行
row-raw-answer = 受け取った行
row-no-raw = 何も受け取っていません。
row-details-show = 詳細
row-details-hide = 詳細を隠す

## Export
save-title = { $count }行を書き出す
save-rows = 行
save-rows-shown = 表示中の{ $count }行
save-rows-all = 全{ $count }行
save-format = 形式
save-xlsx = Excelブック
save-xlsx-about = .xlsx。数は数として、長い回答も全文を保存
save-csv = Excelで文字化けしないCSV
save-csv-about = .csv。R・SPSS・JASP・jamoviでも読めます
save-json = JSON
save-json-about = .json。プログラム用、全体で1つの配列
save-jsonl = 1行1件のJSON
save-jsonl-about = .jsonl。プログラムや大きな表に
save-defuse = セルが数式として動かないようにする
save-defuse-about = = + - @ で始まる文字には、先頭にアポストロフィを付けます。Excelは文字のまま表示し、計算しません。
save-practice = 回答は練習用の見本です。ファイルの列にもそう記されます。
save-confirm = 保存先を選ぶ…
save-choosing = 保存先の指定を待っています
save-writing = { $rows }行のうち{ $done }行を書き込みました
save-stop = 中断
save-done = 保存しました：{ $name }
save-done-about = { $rows }行、{ $size }
save-long = { $count }件の回答は、セルに収まらない長さです。全文はシート「long_text」にあります。
save-show = フォルダーで表示

## Connections
connections-title = 接続
connections-add = 接続を追加
connections-provider = AIサービス
connections-key = キー
connections-last-test = 前回の確認
connections-acts = できること
connections-ends = 末尾 …{ $ends }
connections-temporary = Tabaneを閉じるまで
connections-no-key = 未登録
connections-gcloud = gcloudのログイン
connections-account-saved = サービスアカウント
connections-unreadable = 今は読めません
connections-needs-none = 不要
connections-practice = 練習用
connections-practice-ready = このパソコンの中だけで動きます。無料。
connections-untested = まだ確かめていません
connections-works =
    { $count ->
        [0] 使えます。モデルの一覧はありません。
       *[other] 使えます。{ $count }モデル。
    }
connections-test = 確かめる
connections-test-label = { $name }のキーを確かめる
connections-testing = 問い合わせ中…
connections-replace = 変更…
connections-forget = 接続を消す…
connections-offers = まだ接続していないサービス
connections-more = そのほかのサービス
connections-own = 独自のサービス
connections-search = サービスを検索
connections-search-none = 名前に「{ $search }」を含むサービスはありません。OpenAI互換の接続先があれば、独自のサービスとして追加できます。
connections-offer-custom = 別のサービス
connections-offer-custom-about = OpenAI互換の接続先
connections-keys-note = キーはこのパソコンのキーチェーンに保管します。ふたたび表示したり、ファイルや書き出しに含めたりすることはありません。
keychain-note-retry = キーチェーンを再確認
keychain-note-temporary = 今回だけキーを入力…
connect-title = { $name }に接続
connect-title-new = 接続を追加
connect-title-change = { $name }の変更
connect-service = サービス
connect-name = 名前
connect-key = APIキー
connect-key-saved = 保存済み（末尾 …{ $ends }）。空欄のままなら、変わりません。
connect-key-about = ここに貼り付けます。あとから表示することはできません。
connect-where-openai = platform.openai.comの「API keys」でキーを作れます。
connect-where-anthropic = platform.claude.comの「API keys」でキーを作れます。
connect-where-gemini = aistudio.google.comの「Get API key」でキーを作れます。
connect-where-openrouter = openrouter.aiの「Keys」でキーを作れます。
connect-where-mistral = console.mistral.aiの「API Keys」でキーを作れます。
connect-where-xai = console.x.aiの「API Keys」でキーを作れます。
connect-where-azure = キーは、portal.azure.comにあるAzure OpenAIのリソースで確かめてください。
connect-where-groq = console.groq.comの「API Keys」でキーを作れます。
connect-where-kluster = platform.kluster.aiの「API Keys」でキーを作れます。
connect-where-custom = 接続先とキーは、サービスの提供元で確かめてください。
connect-where-other = { $name }のWebサイトでキーを作れます。
connect-base-url = 接続先（URL）
connect-base-url-optional = 接続先（違う場合だけ）
connect-base-url-about = 例：https://llm.example.ac.jp/v1
connect-base-url-azure = ご自身のリソースのURL。例：https://my-lab.openai.azure.com
connect-required = { $label }（必須）
connect-setting-project = Google Cloudのプロジェクト
connect-setting-project-about = プロジェクトID。例：my-lab-2026
connect-setting-region = リージョン
connect-setting-region-about = 処理する場所。例：us-central1、東京ならasia-northeast1
connect-setting-bucket = Cloud Storageのバケット
connect-setting-bucket-about = リクエストと回答の置き場所です。バケットかデータセットの、どちらかがあれば足ります。
connect-setting-dataset = BigQueryのデータセット
connect-setting-dataset-about = バケットの代わりに、または一緒に使えます。
connect-setting-input = リクエストの置き場所
connect-setting-output = 回答の置き場所
connect-setting-account = アカウント
connect-setting-account-about = サービスの画面に表示されるアカウントID
connect-place-bucket = バケット
connect-place-dataset = データセット
connect-account = サービスアカウント（JSON、任意）
connect-account-about = ファイルの中身をすべて貼り付けます。空欄なら、このパソコンのgcloudのログインを使います。
connect-account-forget = このパソコンのgcloudのログインに切り替える
connect-account-forget-about = 保存すると、サービスアカウントはキーチェーンから削除されます。
connect-key-forget = キーを使わない設定に変える
connect-key-forget-about = 保存すると、キーはキーチェーンから削除されます。
connect-account-saved = 保存済みです。空欄のままなら、変わりません。
connect-account-read = アカウント：{ $account }
connect-account-unlike = サービスアカウントのファイルではないようです。最初から最後まで、すべてコピーしてください。
connect-test = キーを確かめる
connect-test-plain = 接続を確かめる
connect-answered =
    { $count ->
        [0] { $name }から応答がありました。モデルの一覧はありません。
       *[other] { $name }から応答がありました。{ $count }モデルが使えます。
    }
connect-test-note = 大学のプロキシなどで確認に失敗しても、保存はできます。
connect-until-close = Tabaneを閉じるまでキーを使う
connect-saving = 保存しています…
connect-save = キーチェーンに保存
connect-save-temporary = 閉じるまで使う
connect-save-plain = 保存
forget-title = { $name }の接続を消しますか
forget-about = キーをキーチェーンから削除します。送信済みのジョブは一覧に残りますが、キーがないと回答を受け取れません。
forget-keep = 残しておく
forget-confirm = { $name }の接続を消す

## Settings
settings-title = 設定
settings-language = 言語
settings-theme = 配色
settings-theme-system = システムに合わせる
settings-theme-light = 明るい
settings-theme-dark = 暗い
settings-data = データの保存場所
settings-data-about = ジョブ、リクエスト、回答はこのフォルダーにあり、ほかには保存しません。キーはキーチェーンにあり、ここにはありません。
settings-version = バージョン
settings-keyboard = キーボード
settings-keys-pages = ホーム、研究、ジョブ、接続、設定
settings-keys-search = 検索
settings-keys-regions = ページの次の部分へ
settings-keys-primary = 下部の主ボタン
settings-keys-undo = 直前の変更を元に戻す
settings-keys-redo = 元に戻した変更をやり直す
