## 結果のセルに値がない理由

cell-missing-no-answer = このリクエストには回答がありません。
cell-missing-not-answered = 回答の中に、この項目の答えがありません。
cell-missing-not-a-number = 言葉はありますが、数がありません。
cell-missing-not-whole = 整数で答えるはずの項目ですが、整数ではありません。
cell-missing-out-of-range = 決めた範囲の外の数です。
cell-missing-not-a-choice = 選択肢のどれでもありません。
cell-missing-not-yes-or-no = 「はい」とも「いいえ」とも読み取れません。
cell-missing-ambiguous = 2つ以上の値に読めるため、値を決めていません。
cell-missing-cut-off = この項目が終わる前に、回答が途切れています。

## セルの読み取り方

cell-how-json = 構造化された回答から、項目の名前で読み取りました
cell-how-line = この項目の行から、書かれたとおりに読み取りました
cell-how-line-tolerant = この項目の言葉から、書き方の違いを補って読み取りました
