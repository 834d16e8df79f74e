# 研究を設計するページの文言。用語は look.md に従う。

## List of studies
studies-search = 研究を検索
studies-new = 新しい研究
studies-none = 研究はまだありません
studies-none-about = 研究では、要因（ペルソナ・文章・条件など）を掛け合わせ、組み合わせごとに決めた回数だけ試行し、モデルに回答用紙を埋めてもらいます。6つの手順で進み、最後の手順まで何も送りません。
studies-way-sample = 見本の研究から始める
studies-way-sample-about = 4人のペルソナが3つの短い文章を10回ずつ読み、感情を評定します。練習用サービスで試せます（キー・費用は不要）。
studies-way-file = 研究ファイル・表計算ファイルを開く…
studies-way-file-about = 保存した研究（.tabane）、またはExcel・CSV・TSV。表の1行が、要因の1水準になります。
studies-way-empty = 白紙から始める
studies-way-empty-about = 空の研究です。足りないものは、手順ごとに示します。
studies-not-found = 題名に「{ $search }」を含む研究はありません。
studies-duplicate = 複製
studies-delete-about = この設計を、このパソコンから削除します。元には戻せません。
studies-delete-sent = この設計を、このパソコンから削除します。送ったジョブと回答は残ります。元には戻せません。
studies-delete-confirm = 研究を削除
study-is-sent = 送信済み・ジョブ{ $count }つ
study-is-written = 残り{ $count }点

## The page of a study
study-title = 研究の題名
study-untitled = 無題の研究
study-saved = { $time }に保存済み
study-saving = 保存中…
study-unsaved = 未保存
study-save-again = もう一度保存
study-undo = 元に戻す：{ $what }
study-undo-none = 元に戻す変更はありません
study-redo = やり直す：{ $what }
study-redo-none = やり直す変更はありません
study-undone = 元に戻しました：{ $what }
study-redone = やり直しました：{ $what }
study-whole = 1ページでまとめて見る
study-steps = 手順に沿って進む
study-frozen = 送信済みの研究です。内容は変わりません。
study-frozen-about = 送った内容とこのページの内容は、いつも一致します。変更するときは複製を作ってください。元の研究との関係は残ります。
study-copy = 複製して変更
study-copy-of = 「{ $title }」の複製
study-jobs =
    { $count ->
        [one] ジョブを開く
       *[other] { $count }つのジョブを開く
    }
study-to-list = 研究の一覧
study-unnamed-problem = 確認が必要な箇所があります（{ $code }）。
study-unnamed-adaptation = このモデルに合わせて、書き方を変えています（{ $code }）。
problem-show = 見る

## Steps
steps-label = 手順
step-data = データ
step-design = 計画
step-prompt = プロンプト
step-answers = 回答用紙
step-models = モデル
step-send = 確認と送信
next-design = 次へ：計画
next-prompt = 次へ：プロンプト
next-answers = 次へ：回答用紙
next-models = 次へ：モデル
next-send = 次へ：確認
has-prompt =
    { $count ->
        [0] 列は使っていません
       *[other] { $count }つの列を使用
    }
has-answers = { $count }項目
has-models = { $count }つ選択中
has-send = これから
has-send-ready = 送信できます
lacks = 残り{ $count }点

## Parts: short on the one page, as questions in the steps
part-data = 要因
part-design = 計画
part-prompt = プロンプト
part-parameters = パラメーター
part-answers = 回答用紙
part-models = モデル
part-send = 確認と送信
ask-data = 何を比べますか
ask-data-about = 要因はそれぞれ1つの表です。1行が1つの水準（1人のペルソナ、1つの文章）、列はプロンプトで使えるものです。
ask-design = どのようにリクエストにしますか
ask-design-about = どのリクエストも、そのまま送ります。似た試行をまとめることはありません。
ask-prompt = モデルに何を読ませますか
ask-prompt-about = 半角の波かっこを2つ入力するか、下の列名を押すと、列を入れられます。
ask-parameters = ほかに何を指定しますか
ask-parameters-about = 値、列、または列の足し算を書きます。空欄の項目は送りません。
ask-answers = 各回答に、何を書いてもらいますか
ask-answers-about =
    1行が、結果の表の1列になります。
    答えのない項目は欠損のまま残し、推測では埋めません。
ask-models = どのモデルに尋ねますか
ask-models-about = モデルごとに、研究全体を1つのジョブとして送ります。回答は1つの表に戻ります。
ask-send = このまま送ってよいですか
ask-send-about = まだ何も送っていません。右側は、最初に送られるリクエストです。

## Data
stepper-fewer = 減らす
stepper-more = 増やす
factor-label = 要因
factor-name = テンプレートでの名前
factor-add = 要因
factor-remove = 要因を削除
factor-more = 要因「{ $name }」のその他の操作
factor-replace = ファイルで置き換え…
factor-bring = 表計算ファイルを読み込む…
factor-type = ここに入力する

## Design
design-trials = 試行回数
design-shape = 水準の組み合わせ方
design-crossed = 総当たり
design-crossed-about = 各要因のすべての水準を掛け合わせます。
design-list = 一覧
design-list-about = 要因は1つだけで、1行が1件になります。
design-combinations = 組み合わせ
design-combinations-choose = 選ぶ…
design-combinations-look = 見る…
design-every-level = すべての水準
design-every-with = { $factors }の総当たり
design-some = { $all }通りのうち{ $some }通り
design-order = 送る順序
design-order-plain = 計画の順
design-order-random = 無作為
design-order-seed = 順序のシード
design-seed = シード
design-draw = 引き直す
design-subset = 送る範囲
design-subset-all = すべて
design-subset-every = 一定の間隔で（予備調査など）
design-subset-random = 無作為に一部だけ
design-subset-step = 何件ごとに1件送るか
design-subset-count = 送る件数
design-subset-seed = 抽出のシード
design-id = リクエストのID
design-id-about = 結果の表の最初の列になります。リクエストごとに異なる必要があります。
combinations-title = 送る組み合わせ
combinations-sent = 送る
combinations-rows = 縦
combinations-columns = 横
combinations-of = { $one }と{ $other }
combinations-all-of = { $name }のすべて
combinations-count = { $all }通りのうち{ $some }通りを選択
combinations-apply = この組み合わせにする
combinations-mode = あとから加えた水準
combinations-mode-exclude = 送る（選択を外したものだけを除く）
combinations-mode-include = 送らない（選択したものだけを送る）
combinations-others = ほかの要因についての条件
combinations-only = { $what }だけ
combinations-not = { $what }を除く
combinations-remove = 外す
combinations-many = 組み合わせが{ $count }通りを超えるため、ここでは1つずつ選べません。研究ファイルには条件を書けます。

## Prompt and parameters
template-unknown = この名前の列はありません
prompt-system = システムメッセージ
prompt-system-hint = モデルの役割など。空欄でもかまいません。
prompt-user = ユーザーメッセージ
prompt-user-hint = モデルへの問いかけ。
prompt-characters = { $count }字
prompt-insert = 挿入
prompt-insert-name = { $name }を挿入
prompt-answer-sheet = 回答用紙の説明文
param-temperature = 温度
param-max_output_tokens = 回答の長さ
param-top_p = Top p
param-seed = シード
param-reasoning_effort = 推論の深さ
param-frequency_penalty = 頻度ペナルティ
param-presence_penalty = 存在ペナルティ
param-more = ほかのパラメーター
param-none = 送りません。モデルの標準の設定になります。
param-fixed = どのリクエストも同じ値です。
param-length = { $tokens }トークンまで（およそ{ $length }字）。
param-column = 列の値を使います。
param-column-first = 列の値を使います。最初のリクエストでは{ $value }。
param-formula = リクエストごとに計算します。
param-formula-first = リクエストごとに計算します。最初は{ $value }。

## Answer sheet
answers-form = 答え方
answers-structured = 決まった形式で（対応モデルのみ）
answers-structured-about = ほかは番号つきの行で答えさせ、読み取ります。
answers-lines = 自由な書き方で（番号つきの行）
answers-lines-about = 会話に近い形。欠損は少し増えます。
answers-language = モデルへの説明文の言語
field-place = 順番
field-label = 項目
field-label-hint = 例：丁寧さ
field-name = 変数名
field-type = 種類
field-range = 範囲
field-told = モデルへの説明
field-required = 必須
field-add = 項目を追加
field-number = 項目{ $number }
field-label-of = 項目{ $number }
field-name-of = 「{ $field }」の変数名
field-type-of = 「{ $field }」の種類
field-told-of = 「{ $field }」についてのモデルへの説明
field-required-of = 「{ $field }」は必須
field-minimum-of = 「{ $field }」の最小値
field-maximum-of = 「{ $field }」の最大値
field-minimum-hint = 1
field-maximum-hint = 7
field-choices =
    { $count ->
        [0] 選択肢…
       *[other] { $count }択
    }
field-choices-of =
    { $count ->
        [0] 「{ $field }」の選択肢：なし
       *[other] 「{ $field }」の選択肢：{ $count }個
    }
field-type-integer = 整数
field-type-decimal = 数値
field-type-choice = 選択肢から1つ
field-type-yes_no = はい・いいえ
field-type-short_text = 短い文章
field-type-long_text = 長い文章
field-up = 上へ（Alt ↑）
field-down = 下へ（Alt ↓）
field-remove = 項目を削除
choices-title = 「{ $field }」の選択肢
choices-about = 1行に1つずつ、モデルが読むとおりに書きます。
choices-take = { $count }個の選択肢にする

## Models
model-add = モデルを追加
model-add-title = モデルを追加
model-add-confirm = このモデルを追加
model-name = モデル
model-remove = { $model }を外す
model-asking = モデルの一覧を問い合わせています…
model-offers =
    { $count ->
        [0] モデルの一覧はありません。モデル名を入力してください。
       *[other] { $count }モデルから選べます。ほかのモデル名も入力できます。
    }
model-by-name = モデル名を入力して追加できます。
model-batch = 一括処理に対応
model-no-batch = 一括処理は不可
model-batch-untold = 一括処理に対応するモデルがどれかは、サービスから知らされていません。
model-batch-untold-some = 表示のないモデルが一括処理に対応するかは、サービスから知らされていません。
model-no-batch-chosen = { $model }は一括処理に対応していません。送っても、サービスに断られます。
model-unconnected = 未接続：キーが登録されていません。
model-structured = 回答用紙を、決まった形式として一緒に送ります。
model-lines = 決まった形式に対応していないため、番号つきの行で答えさせます。

## The request
preview-title = リクエスト
preview-show = リクエストを表示
preview-position = 何番目のリクエストか
preview-of = ／{ $total }
preview-previous = 前のリクエスト
preview-next = 次のリクエスト
preview-model = リクエストのモデル
preview-trial = 試行
preview-length = 長さ
preview-characters = { $count }字
preview-no-model = モデルを選ぶと、送られるとおりのリクエストを見られます。
preview-none = まだリクエストはありません。
preview-added = プロンプトに加わる文
preview-added-about = これ以外の文は加わりません。見えているものが、そのまま送られます。

## Footer, check and send
formula-of-which = のうち
formula-models = { $count }モデル
formula-rows = 行
formula-combinations = 組み合わせ
formula-trials = 試行
price-no-model = 料金はモデルが決まってから
price-practice = 料金はかかりません
price-unknown = 料金はまだ計算していません
price-row-unknown = 未計算
foot-frozen = 送信済みの研究です。
foot-unsaved = 最後の変更を保存できませんでした。
foot-problems = あと{ $count }点をそろえると、送信できます。
foot-nothing = 送るものがありません。
send-clear = 足りないものはありません。
send-study-title = { $providers }つの送り先に{ $count }件を送信しますか
send-study-together = 合計
send-study-charged = 料金は、各社の料金表に従って、ご自身のアカウントに請求されます。Tabaneはまだ料金を計算できません。
send-study-practice = 回答はこのパソコンの中で作られ、どこでも「練習用」と表示されます。料金はかかりません。
send-study-frozen = 送信後、この研究は固定されます（変更は複製を作って行います）。
files-title = 保存・共有
files-about = 研究ファイルには、キーと結果を除くすべてが入ります。リクエストファイルは、送られるとおりのリクエストです。保存しても、何も送りません。
files-save-study = 研究ファイルを保存…
files-save-requests = リクエストファイルを保存…
files-save-requests-for = { $model }のリクエストファイルを保存…
files-requests = { $count }件、{ $size }

## What was done, after “Undo: ”
did-title = 題名の変更
did-factor-add = 要因の追加
did-factor-remove = 要因の削除
did-factor-name = 要因の名前
did-data = 表計算ファイルの読み込み
did-trials = 試行回数の変更
did-shape = 組み合わせ方の変更
did-combinations = 組み合わせの選択
did-order = 順序の変更
did-subset = 送る範囲の変更
did-id = IDの変更
did-system = システムメッセージの入力
did-user = ユーザーメッセージの入力
did-parameter = パラメーターの変更
did-field = 項目の変更
did-field-add = 項目の追加
did-field-remove = 項目の削除
did-field-move = 項目の移動
did-form = 答え方の変更
did-language = 説明文の言語の変更
did-model-add = モデルの追加
did-model-remove = モデルの削除
