# コマンドラインと、ページの外でシェルが伝える言葉。

cli-check-ready = { $requests }件を{ $parts }束で送れます。{ $warnings ->
    [0] 注意点はありません。
   *[other] 注意点が{ $warnings }つあります。
}
cli-check-problems = { $errors ->
    [0] このファイルには送るものがありません。
   *[other] 送る前に解決が必要な問題が{ $errors }件あります。
}
cli-study-ready = { $models }個のモデルに{ $each }件ずつ、合わせて{ $requests }件のリクエストを送信できます。
cli-missing-values = 回答のある行のうち、{ $rows }行に欠損した項目があります。
cli-study-problems = この研究を送信するには、{ $errors }件の問題を解決する必要があります。
cli-study-built = { $requests }件のリクエストを{ $parts }個のファイルに分けて、{ $folder }に書き出しました。
cli-study-data = { $levels }行（{ $columns }列）を、{ $study }の要因「{ $factor }」の水準にしました。
cli-no-jobs = ジョブはまだありません。
cli-sum = リクエスト{ $requests }件 ＝ 成功{ $succeeded } ＋ 失敗{ $failed } ＋ 期限切れ{ $expired } ＋ 取り消し{ $cancelled } ＋ 結果なし{ $missing } ＋ 処理待ち{ $pending }
cli-exported = { $rows }行を{ $file }に書き出しました。
cli-checking = 確認中
cli-waiting = 回答を待っています
practice-note = これは練習用に作られた回答で、データではありません。

dialog-choose-files = リクエストファイルを選ぶ
dialog-choose-study = 研究またはスプレッドシートを選択
dialog-choose-data = スプレッドシートを選択
dialog-save-study = 研究を保存
dialog-save-requests = リクエストを保存
dialog-export = 結果の保存先
dialog-import = 結果ファイルを選ぶ
file-kind-requests = リクエストファイル（JSONL）
file-kind-study = 研究（.tabane）
file-kind-data = スプレッドシート（Excel、ODS、CSV、TSV）
file-kind-results = 結果ファイル（JSONL）
file-kind-xlsx = Excelブック
file-kind-csv = CSV
file-kind-json = JSON
file-kind-jsonl = JSONL
notification-ended-title = 「{ $name }」が終わりました
notification-ended-body = { $requests }件のうち{ $answered }件の回答がそろいました。
cli-adopt-none = このキーで見えるバッチはありません。
cli-api-version = リクエストは、サービスのインターフェースのバージョン{ $version }に合わせて書かれています。
cli-leftovers = このジョブのリクエストと回答は、まだ{ $provider }のご自身のアカウントに残っています。「tabane-cli clean-up { $id }」で削除できます。このコンピューターの回答は残ります。
