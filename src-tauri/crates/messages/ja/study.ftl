### 研究に足りないもの、モデルに合わせて変わるもの、研究のファイルを開けない理由。

## パラメーター（ファイル内の名前から）

study-parameter = { $parameter ->
    [temperature] 温度
    [top_p] top_p
    [max_output_tokens] 回答の長さの上限
    [seed] シード
    [frequency_penalty] 頻度ペナルティ
    [presence_penalty] 存在ペナルティ
    [reasoning_effort] 思考の深さ
   *[other] { $parameter }
}

## データ

study-problem-no-factors = 要因がまだありません。ペルソナや文章など、変えてみたいものの表を追加してください。
study-problem-factor-name-missing = この要因には名前がありません。プロンプトに列を差しこむときに、この名前を使います。
study-problem-factor-name-bad = 「{ $name }」は要因の名前に使えません。文字、数字、_だけを使い、文字で始めてください。
study-problem-factor-name-taken = 「{ $name }」は、プロンプトの中で別の意味に使われます。ほかの名前にしてください。
study-problem-factor-name-double = 「{ $name }」という要因が2つあります。どちらかの名前を変えてください。
study-problem-factor-no-columns = 「{ $factor }」には、まだ列がありません。
study-problem-column-name-missing = 「{ $factor }」に、名前のない列があります。名前を付けるか、列を削除してください。
study-problem-column-name-double = 「{ $factor }」に、「{ $column }」という列が2つあります。どちらかの名前を変えてください。
study-problem-factor-no-levels = 「{ $factor }」には、まだ行がありません。1行が1つの水準になります。
study-problem-level-cells = 「{ $factor }」の{ $row }行目にはセルが{ $cells }個ありますが、列は{ $columns }列です。
study-problem-level-id-missing = 「{ $factor }」の{ $row }行目にIDがありません。どの結果がこの行のものか、見分けられなくなります。
study-problem-level-id-double = 「{ $factor }」の{ $row }行目のID「{ $level }」は、前の行でも使われています。どちらの結果か、見分けられなくなります。
study-problem-title-empty = 研究にまだ題名がありません。付けておくと、あとで見つけやすくなります。

## 計画

study-problem-trials-zero = 試行回数が0なので、何も送られません。1以上にしてください。
study-problem-list-several-factors = リストで使う表は1つですが、{ $count }個あります。1つだけ残すか、総当たりに変えてください。
study-problem-rule-empty = この条件には水準の指定がなく、すべてに当てはまってしまいます。水準を指定するか、条件を削除してください。
study-problem-rule-unknown-factor = この条件にある「{ $factor }」という要因は、見つかりません。
study-problem-rule-unknown-level = この条件にある「{ $level }」は、「{ $factor }」の水準にありません。
study-problem-subset-zero = 一部だけ送る設定が0になっています。1以上にしてください。
study-problem-subset-larger = 無作為に{ $wanted }件を選ぶ設定ですが、全部で{ $count }件しかありません。すべて送ります。
study-problem-nothing-left = 条件によって、すべての組み合わせが除かれています。含める条件か除く条件を見直してください。
study-problem-nothing-to-send = 送るものがまだありません。どの要因にも1行以上、試行回数も1以上が必要です。
study-problem-requests-many = モデル1つにつき{ $count }件になります。まず一部だけで試すことをおすすめします。
study-problem-requests-too-many = リクエストが多すぎて扱えません（モデル1つにつき{ $limit }件まで）。水準か試行回数を減らしてください。
study-problem-custom-id-missing = IDの形式が空です。どの結果がどのリクエストのものか、見分けられなくなります。
study-problem-custom-id-double = { $template }という形式では、複数のリクエストが同じID「{ $id }」になります。それぞれの要因の水準と、試行の番号が分かる形式にしてください。

## プロンプト

study-problem-user-message-empty = ユーザーメッセージが空です。モデルにしてほしいことを書いてください。
study-problem-template-unreadable = { $line }行目の括弧に誤りがあります。列を差しこむときは、前後を波括弧2つずつで囲みます。
study-problem-template-not-rendered = この文面は、リクエストによっては組み立てられません。（{ $detail }）
study-problem-template-unknown-name = 「{ $name }」という要因はありません。
study-problem-template-unknown-column = 「{ $name }」に、「{ $column }」という列はありません。
study-problem-template-factor-alone = 「{ $name }」は要因の全体を指しています。どの列を使うかも指定してください。
study-problem-formula-unreadable = { study-parameter }の式に、読めないところがあります（印の位置）。数、列、+ - * /、括弧だけが使えます。
study-problem-formula-no-result = { study-parameter }の式が計算できません。0で割っているか、数が大きくなりすぎています。
study-problem-formula-words = { study-parameter }の式に回答用紙が使われていますが、これは数ではありません。
study-problem-parameter-not-whole = { study-parameter }に使えるのは整数だけですが、{ $value }になっています。
study-problem-parameter-out-of-range = { study-parameter }に{ $value }は使えません。{ $low }から{ $high }までにしてください。
study-problem-cell-empty-number = 「{ $level }」（{ $factor }）の「{ $column }」が空です。{ study-parameter }を決めるための数を入れてください。
study-problem-cell-not-a-number = 「{ $level }」（{ $factor }）の「{ $column }」は「{ $cell }」になっています。{ study-parameter }を決めるための数を入れてください。
study-problem-factor-unused = 「{ $factor }」はプロンプトでもパラメーターでも使われていません。{ $count }個の水準に、まったく同じことを尋ねることになります。
study-problem-cell-empty = プロンプトで使う「{ $column }」が、「{ $level }」（{ $factor }）で空になっています。{ $count ->
    [1] この列で空のセルは、ここだけです。
   *[other] この列には、空のセルが{ $count }個あります。
}

## 回答用紙

study-problem-no-fields = 回答用紙に項目がありません。回答は、文章のまま保存します。
study-problem-field-name-bad = 「{ $name }」は変数名に使えません。半角の小文字a〜z、数字、_だけを使い、文字で始めてください。
study-problem-field-name-double = 変数名「{ $name }」が2つの項目で使われています。どちらかを変えてください。
study-problem-field-label-missing = { $number }番目の項目に見出しがありません。見出しはモデルへの問いになり、結果の列名にもなります。
study-problem-field-label-double = 「{ $label }」という見出しの項目が2つあります。どちらかを変えてください。
study-problem-field-range-missing = 「{ $field }」の最小値と最大値が決まっていません（例：1〜7）。このままでは、どんな数でも受け付けます。
study-problem-field-range-not-whole = 「{ $field }」は整数の項目なので、最小値と最大値も整数にしてください。
study-problem-field-range-reversed = 「{ $field }」の最大値は、最小値より大きくしてください。
study-problem-field-choices-few = 「{ $field }」には、選択肢が2つ以上必要です。
study-problem-field-choice-empty = 「{ $field }」に、空の選択肢があります。書き入れるか、削除してください。
study-problem-field-choice-double = 「{ $field }」に、選択肢「{ $choice }」が2つあります。
study-problem-language-unknown = 回答用紙の説明文に使えるのは、英語（en）か日本語（ja）です。「{ $language }」は使えません。

## モデル

study-problem-no-models = モデルがまだ選ばれていません。
study-problem-provider-missing = このモデルには、送り先がありません。
study-problem-model-missing = モデルの名前がありません。
study-problem-model-double = { $model }（{ $provider }）が2回選ばれています。このままでは、2回送られ、料金も2回分かかります。

## モデルに合わせた変更

study-adapted-model-unknown = { $model }で何が使えるかは、Tabaneには分かりません。研究に書かれているとおりに送ります。
study-adapted-system-as-developer = このモデルに合わせて、システムメッセージを「developer」メッセージとして送ります。
study-adapted-system-in-user-message = このモデルではシステムメッセージを使えません。その文面を、ユーザーメッセージの前に置きます。
study-adapted-numbered-lines = このモデルでは、回答の形式を決められません。番号つきの行で書いてもらい、それを読み取ります。
study-adapted-numbered-lines-unknown = このモデルで回答の形式を決められるかは、Tabaneには分かりません。番号つきの行で書いてもらいます。
study-adapted-length-with-thinking = 回答の長さの上限には、モデルの思考の分も含まれます。
study-adapted-clamped = { study-parameter }は{ $low }〜{ $high }の範囲に収めます（{ $total }件のうち{ $count }件）。
study-adapted-left-out = このモデルでは、{ study-parameter }を指定できません。指定せずに送ります（{ $total }件のうち{ $count }件）。
study-adapted-left-out-while-thinking = このモデルで{ study-parameter }を指定できるのは、思考しないときだけです。指定せずに送ります（{ $total }件のうち{ $count }件）。
study-adapted-left-out-beside-temperature = このモデルでは、温度と{ study-parameter }のどちらか一方しか指定できません。{ study-parameter }は指定せずに送ります（{ $total }件のうち{ $count }件）。
study-adapted-effort-unknown = このモデルの{ study-parameter }は{ $known }のいずれかで、「{ $effort }」は使えません。指定せずに送ります（{ $total }件のうち{ $count }件）。
study-adapted-will-be-refused = このモデルは{ study-parameter }を受け付けません。{ $total }件中{ $count }件のリクエストが失敗します。指定を外すか、別のモデルを選んでください。
study-adapted-length-added = このサービスでは、回答の長さの上限を必ず指定します。指定のないところは{ $length }トークンとして送ります（{ $total }件のうち{ $count }件）。
study-adapted-schema-limits-in-words = このモデルでは、回答の形式に最小値や最大値などの制限を入れられません。代わりに言葉で伝えます（{ $total }件のうち{ $count }件）。
study-adapted-schema-closed = このモデルでは、回答の形式にない項目は認められません。そのように定めて送ります（{ $total }件のうち{ $count }件）。
study-adapted-batch-variant = バッチ用のモデル名「{ $model }」で送ります（{ $total }件のうち{ $count }件）。

## ファイルを開けないとき

error-study-not-text = このファイルは文字のデータではなく、研究のファイルとして開けません。
    .means = 何も開かず、何も変えていません。
    .next = 名前が.tabaneで終わるファイルを選んでください。
error-study-unreadable = この研究のファイルには、{ $line }行目の{ $column }文字目のあたりに誤りがあります。
    .means = 何も開かず、何も変えていません。
    .next = 手で書き直したファイルなら、その行を確かめてください。そうでなければ、もう一度ファイルを送ってもらってください。
error-study-no-study = このファイルは、研究のファイルではありません。
    .means = 何も開かず、何も変えていません。
    .next = 名前が.tabaneで終わるファイルを選んでください。
error-study-newer = この研究は、新しいTabaneで保存されています（形式{ $format }。このTabaneで開けるのは{ $known }まで）。
    .means = 何も開かず、何も変えていません。
    .next = Tabaneを更新してから、もう一度開いてください。

## 研究についてできなかったこと

error-study-problems-left = この研究はまだ送信できません。足りないところや誤りが{ $count }件あります。
    .means = 何も送信しておらず、料金もかかりません。
    .next = 研究の中で印の付いているところを確認してください。
error-study-model-not-found = このモデルは、研究の中に見つかりません。
    .means = 何も変更していません。
    .next = 研究を開き直し、モデルを選び直してください。
error-job-without-study = 「{ $name }」は研究から作られたものではないため、回答用紙がありません。
    .means = 何も変更していません。
    .next = 回答は、届いたままの形で閲覧・書き出しできます。
error-cell-not-accepted = 「{ $value }」は「{ $field }」の値にできません。
    .means = 何も変更していません。回答から読み取った値はそのままです。
    .next = { $reason ->
        [out-of-range] 回答用紙の範囲内の値を入力してください。
        [not-whole] 整数を入力してください。
        [not-a-number] 数値を入力してください。
        [not-a-choice] 回答用紙の選択肢から1つを入力してください。
        [not-yes-or-no] 「はい」か「いいえ」を入力してください。
       *[other] 回答用紙に合う値を入力してください。
    }
error-model-word-unreadable = 「{ $word }」からは、サービスとモデルが分かりません。
    .means = 何も送信していません。
    .next = サービスの名前とモデルの名前を、半角のコロンでつないで書いてください（例：openai:gpt-5.4-mini）。
error-data-not-found = このスプレッドシートの場所が分からなくなりました。
    .means = 何も変更していません。
    .next = もう一度選んでください。
error-data-too-large = 「{ $file }」には{ $limit }MBを超えるテキストが入っています。
    .means = 何も取り込んでいません。この大きさでは、研究として編集できなくなります。
    .next = 表を分けるか、リクエストファイル（JSONL）にして送信してください。
error-data-factor-name = 要因の名前に「{ $name }」は使えません。
    .means = 研究のファイルは元のままです。
    .next = 文字・数字・_からなり、数字で始まらず、テンプレートの言葉と重ならない名前を付けてください。
error-data-no-rows = 「{ $file }」には、要因にできる行がありません。
    .means = 研究のファイルは元のままです。
    .next = ファイルと、選んだシートを確かめてください。1行だけの表で、その行が見出しでない場合は、--no-headerを付けてください。
error-encoding-unknown = 「{ $encoding }」という文字コードには対応していません。
    .means = 何も取り込んでいません。
    .next = 別の文字コードを選ぶか、自動判定のままにしてください。
error-study-changed = 送信しようとしたときに、研究が変更されました。
    .means = 何も送信しておらず、料金もかかりません。
    .next = もう一度内容を確かめてから、送信してください。
error-corrections-in-the-way = 「{ $field }」には手作業で修正した値がありますが、変更後の回答用紙では、同じ位置に別の項目があります。
    .means = 何も変更していません。修正した値もそのままです。
    .next = この項目はそのまま残し、新しい項目をその後ろに加えてください。または、先に修正を取り消してください。
error-build-folder-used = 「{ $folder }」には、リクエストファイルがすでにあります。
    .means = 何も書き出していません。古いリクエストと新しいリクエストが混ざるのを防ぎました。
    .next = 別のフォルダーを選ぶか、そのファイルを移してください。
