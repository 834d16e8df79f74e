### リクエストファイルの確認で見つかる問題と、ファイルを読めない理由。

## ファイル全体

problem-bom = ファイルの先頭に、目に見えない印（BOM）が付いています。このままではAIサービスに受け付けられません。
problem-not-utf8 = このファイルは{ $encoding }で保存されています。AIサービスが受け付けるのはUTF-8だけです。
problem-empty-file = このファイルには何も書かれていません。
problem-looks-like-results = このファイルの中身は、リクエストではなく、AIサービスから届いた結果です。
problem-looks-like-json-array = すべてのリクエストが1つの角括弧（[…]）の中にまとまっています。リクエストファイルでは、括弧でまとめずに、1行に1件ずつ書きます。
problem-looks-like-spreadsheet = 表計算のファイルのようです。リクエストファイル（JSONL）では、1行に1件ずつ書きます。

## 読めない行

problem-invalid-utf8-line = この行には、壊れていて読めない文字があります。
problem-not-json = 印を付けたところに誤りがあり、この行を読めません（JSONになっていません）。
problem-cut-off-line = この行は、リクエストの途中で切れています。
problem-not-an-object = この行は波括弧で囲まれておらず、リクエストになっていません。
problem-blank-line = この行は空です。
problem-line-too-long = この行は長すぎます。1件のリクエストは{ $limit }バイトまでです。
problem-too-deep = このリクエストは、括弧の入れ子が{ $limit }段を超えています。
problem-half-character = 印の位置に、絵文字などの文字が半分だけ入っています（文字の途中で切られたもの）。このままでは送れません。
problem-duplicate-field = 「{ $field }」がこの行に2回書かれていて、どちらが正しいか分かりません。
problem-unknown-field = 「{ $field }」はリクエストの項目ではないため、送信されません。
problem-shape-of-claude = この行は、Claude独自の形式（params）で書かれています。Claudeに送るか、共通の形式（custom_id、method、url、body）に書き直してください。
problem-shape-of-google = この行は、GeminiとVertex AIの形式（request）で書かれています。どちらかに送るか、共通の形式（custom_id、method、url、body）に書き直してください。

## 名前

problem-custom-id-missing = この行には名前（{ $field }）がありません。どの結果がこの行のものか、見分けられなくなります。
problem-custom-id-number = 名前（{ $field }）が数値の{ $id }になっています。"{ $id }"という文字として扱います。
problem-custom-id-not-text = 名前（{ $field }）は、"17"のように引用符で囲んだ文字にしてください。
problem-custom-id-empty = 名前（{ $field }）が空です。どの結果がこの行のものか、見分けられなくなります。
problem-custom-id-duplicate = この名前（{ $field }）は{ $first_line }行目でも使われています。どちらの結果か、見分けられなくなります。
problem-named-by-line = この行には名前がありません。「line-7」のように、ファイルの中での位置を名前にします。

## 送り方

problem-method-missing = この行には「method」がありません。"POST"として送ります。
problem-method-not-post = この行の「method」は{ $method }になっています。"POST"と書く必要があります。
problem-url-missing = この行には、リクエストの種類（url）がありません。たとえば/v1/chat/completionsと書きます。
problem-url-assumed = この行には、リクエストの種類（url）がありません。{ $url }として送ります。
problem-url-not-supported = 「{ $url }」という種類のリクエスト（url）は、この送り先では使えません。
problem-url-mixed = リクエストの種類（url）が、前の行では{ $first_url }ですが、この行では{ $url }です。この送り先では、種類を1つにそろえる必要があります。

## 内容

problem-body-missing = この行には「{ $field }」がなく、何を尋ねるのかが書かれていません。
problem-body-not-object = 「{ $field }」の中身は、波括弧で囲む必要があります。
problem-model-missing = この行には、どのモデルに尋ねるか（model）が書かれていません。
problem-model-mixed = モデルが、前の行では{ $first_model }ですが、この行では{ $model }です。この送り先では、モデルを1つにそろえる必要があります。
problem-stream-set = この行は、答えを少しずつ受け取る設定（stream）になっています。半額の一括処理では使えません。
problem-messages-missing = この行にはメッセージ（messages）がなく、答えようがありません。
problem-contents-missing = この行には内容（contents）がなく、答えようがありません。
problem-input-missing = この行には、処理する文章（input）がありません。

## ファイルを読めないとき

error-file-is-folder = 選ばれたのは、ファイルではなくフォルダーです。
    .means = 何も送信していません。
    .next = 中にあるリクエストファイルを選んでください。
error-file-too-many-lines = このファイルは{ $limit }行を超えています。
    .means = 何も送信していません。
    .next = いくつかの小さなファイルに分けてください。
error-check-stopped = 確認を止めました。
    .means = 何も送信していません。
    .next = 必要なときに、もう一度確認を始めてください。
