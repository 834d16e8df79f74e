# エンジン自体の失敗：何が起きたか、料金とデータへの影響、次にできること。

error-internal = Tabaneの内部で問題が起きました。
    .means = これによって送信や削除は行われていません。送信済みの処理は送り先で続いています。
    .next = Tabaneを閉じて、もう一度開いてください。続きから再開します。
error-setting-unknown = 「{ $value }」はこの設定では選べません。
    .means = 何も変わっていません。
    .next = 表示されている中から選んでください。
error-provider-unknown = 「{ $provider }」という送り先はありません。
    .means = 何も送られていません。
    .next = openai、groq、kluster、custom、practiceのいずれかを指定してください。
error-key-missing = { $provider }のキーがありません。
    .means = 何も送られておらず、料金もかかりません。
    .next = 「接続」でキーを追加してください。コマンドラインでは環境変数でも指定できます。
error-base-url-missing = { $provider }にはアドレスが必要です。
    .means = 何も送られていません。
    .next = サービスから案内されたアドレスを入力してください（例：https://llm.example.ac.jp/v1）。
error-connection-not-found = この接続はすでにありません。
    .means = 何も送られていません。
    .next = 別の接続を選ぶか、もう一度追加してください。
error-connection-not-chosen = 送り先がまだ選ばれていません。
    .means = 何も送られていません。
    .next = 「送り先」から選んでください。
error-check-not-finished = ファイルの確認がまだ終わっていません。
    .means = 何も送られていません。
    .next = 確認が終わるのを待つか、もう一度確認してください。
error-problems-left = 問題のある行が{ $count }行残っています。
    .means = 何も送られておらず、料金もかかりません。
    .next = 該当する行を直すか除いてから送ってください。
error-window-not-offered = この送り先では、期限「{ $window }」を選べません。
    .means = 何も送られていません。
    .next = 次の中から選んでください：{ $windows }
error-file-holds-results = 「{ $file }」の中身はリクエストではなく回答です。
    .means = 何も送られていません。
    .next = 回答を見るには、「ジョブ」の「結果ファイルを読み込む」を使ってください。
error-file-holds-no-results = 「{ $file }」には一括処理の回答が入っていません。
    .means = 何も変わっていません。
    .next = サービスからダウンロードした結果ファイルを選んでください。
error-file-is-spreadsheet = 「{ $file }」は表計算ファイルで、リクエストファイル（JSONL）ではありません。
    .means = 何も送られていません。
    .next = 今のところ、リクエストファイルだけを受け付けています。1行に1件のJSONLで保存してください。
error-file-is-empty = 「{ $file }」は空です。
    .means = 何も送られていません。
    .next = 別のファイルを選んでください。
error-file-is-no-request-file = 「{ $file }」はリクエストファイル（JSONL）ではありません。
    .means = 何も送られていません。
    .next = リクエストファイルは1行に1件で、それぞれにcustom_id、method、url、bodyがあります。
error-file-not-found = ファイルが見つかりません。
    .means = 何も送られていません。
    .next = 移動や名前の変更がなかったかを確かめて、もう一度選んでください。
error-file-not-allowed = このパソコンの設定で、ファイルを開けませんでした。
    .means = 何も変わっていません。
    .next = ファイルのアクセス権を確かめるか、別の場所を選んでください。
error-disk-failed = ファイルの読み書きができませんでした。
    .means = これまでに保存したものは無事です。
    .next = ディスクの接続と空き容量を確かめて、もう一度試してください。
error-data-folder-unknown = データの保存場所が分かりませんでした。
    .means = 何も変わっていません。
    .next = --data-dirでフォルダーを指定してください。
error-view-not-found = 表を開き直す必要があります。
    .means = 失われたものはありません。
    .next = 結果をもう一度開いてください。
error-export-not-found = このファイルの保存場所が分からなくなりました。
    .means = ファイルは保存した場所にあります。
    .next = フォルダーの中を探すか、もう一度書き出してください。
error-folder-not-shown = フォルダーを開けませんでした。
    .means = ファイルは保存されています。
    .next = ご自身でフォルダーを開いてください。
error-format-unknown = 「{ $format }」形式では書き出せません。
    .means = 何も書き出されていません。
    .next = csv、xlsx、json、jsonlのいずれかを指定してください。
error-job-finished = このジョブはすでに終わっています。
    .means = 取り消しは行われていません。回答済みの分には料金がかかります。
    .next = 結果を開いてください。
error-job-still-running = 「{ $name }」はまだ送り先で処理中です。
    .means = 何も削除されていません。送り先での処理は続き、料金もかかります。
    .next = 先にジョブを取り消してから削除してください。
error-job-id-ambiguous = 「{ $id }」に当てはまるジョブが複数あります。
    .means = 何も変わっていません。
    .next = IDをもう少し長く指定してください。
error-part-not-unclear = この束については、もう判断は要りません。
    .means = 何も変わっていません。
    .next = ジョブの状態を確かめてください。
error-part-stuck = 自動では先に進めない束があります。
    .means = 二重に送られたものはありません。送信済みの束は送り先で続いています。
    .next = もう一度試してください。
error-create-found-several = この束に当てはまりそうなものが、送り先に{ $count }つあります。
    .means = そのうちのいくつかは処理中で、料金がかかります。Tabaneは追加で何も送っていません。
    .next = 送り先のページで確かめてから、ここで判断してください。
error-create-unclear = この束が届いたかどうかが分からず、送り先の一覧にも見当たりません。
    .means = 料金が二重にかからないよう、自動で送り直すことはありません。
    .next = もう一度確認するか、どうするかを決めてください。
error-batch-gone = 送り先にこの束の記録がありません。
    .means = 回答済みの分には料金がかかっています。回答は失われた可能性があります。
    .next = キーが同じプロジェクトのものかを確かめて、もう一度試してください。
error-batch-refused = 送り先がこの束を受け付けませんでした（{ $reason }）。
    .means = 処理は始まっておらず、料金はかかりません。
    .next = 詳細を確かめ、ファイルを直してからもう一度送ってください。
error-results-missing = 送り先では完了していますが、結果が渡されませんでした。
    .means = 一部に料金がかかった可能性があります。該当する件は「結果なし」になります。
    .next = バッチ番号を添えて、送り先に問い合わせてください。
error-results-unreadable = 結果の代わりに、結果ではないものが届きました。
    .means = リクエストは処理され、料金もかかっています。回答は、まだ提供元に残っています。
    .next = 時間をおいて、もう一度試してください。続くようなら、提供元のサイトから結果をダウンロードして取り込んでください。
error-results-gone = 送り先で結果がすでに削除されています。
    .means = 料金はかかっており、受け取っていなかった回答は失われました。
    .next = 必要であれば、もう一度送ってください。
error-request-too-large = 1件だけでも大きすぎて、この送り先では受け付けられません。
    .means = 受け付けられておらず、料金はかかりません。
    .next = 内容を短くするか、別の送り先に送ってください。
error-too-many-models = ファイルに{ $count }を超えるモデルが指定されています。
    .means = 何も送られていません。
    .next = ファイルを分けるか、1つのモデルで送ってください。
error-file-changed = 確認のあとでファイルが変わりました。
    .means = 何も送られていません。
    .next = もう一度確認してから送ってください。

error-key-is-another = 現在のキーでは、{ $service }にこのバッチが見つかりません。別のキーで送信されたものです。
    .means = バッチは{ $service }で続いており、回答はしばらく保管されます。失われたものも、再送信されたものもありません。
    .next = 「接続」で送信時のキーを設定し、「今すぐ試す」を押してください。

setting-name = { $setting ->
    [project] Google Cloud のプロジェクト
    [region] リージョン
    [bucket] バケットまたはデータセット
    [dataset] バケットまたはデータセット
    [account] アカウント
   *[other] { $setting }
}

error-setting-missing = { $service }には、{ setting-name }の入力が必要です。
    .means = 何も送信されていません。
    .next = 「接続」ページで入力してください。

error-request-not-translatable = { $line }行目に、{ $service }にはない指定「{ $what }」があります。
    .means = 何も送信されていません。
    .next = その指定をリクエストから外すか、対応しているサービスに送信してください。

error-adopt-not-found = このキーでは、{ $service }にバッチ「{ $batch }」が見つかりません。
    .means = 何も変更されていません。
    .next = IDと、キーがバッチを送信したプロジェクトのものかどうかを確認してください。

error-batch-already-job = このバッチはすでにジョブ「{ $name }」になっています。
    .means = 何も変更されていません。
    .next = 「ジョブ」ページから開いてください。
