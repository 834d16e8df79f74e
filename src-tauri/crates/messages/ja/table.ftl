### 表の読み込み：読めない理由と、読み込んだ表について知っておくべきこと。

## ファイルを読めないとき

error-table-empty = このファイルには何も入っていません。
    .means = 何も読み込んでおらず、何も送信していません。
    .next = 正しいファイルか、保存されているかを、表計算ソフトで確認してください。
error-table-not-a-table = このファイルは、表計算のファイルでも、列に分かれたテキストでもありません。
    .means = 何も読み込んでおらず、何も送信していません。
    .next = Excel（.xlsx、.xls）、OpenDocument（.ods）、CSVのいずれかのファイルを選んでください。
error-table-web-page = このファイルは、名前は表計算のファイルですが、中身はWebページかXMLです。このような形で表を書き出すシステムがあります。
    .means = 何も読み込んでおらず、何も送信していません。
    .next = ExcelかLibreOfficeで開き、Excelブック（.xlsx）として保存してから、そのファイルを選んでください。
error-table-other-workbook = この種類のブックは、ここでは読み込めません。
    .means = 何も読み込んでおらず、何も送信していません。
    .next = 作成したソフトで開き、Excelブック（.xlsx）として保存または書き出してから、そのファイルを選んでください。
error-table-password = このブックはパスワードで保護されています。
    .means = 何も読み込んでおらず、何も送信していません。
    .next = ExcelかLibreOfficeで開き、パスワードなしのコピーを保存してから、そのコピーを選んでください。
error-table-broken = このブックは壊れています。
    .means = 内容は何も取り込んでいません。ファイルそのものは変えていません。
    .next = ExcelかLibreOfficeで開くと、修復できることがあります。別の名前で保存してから、そのファイルを選んでください。
error-table-too-large = このブックは、展開すると{ $limit }MBを超えます。ふつうに使う表の大きさではなく、壊れているか、悪意のあるファイルかもしれません。
    .means = このコンピューターのメモリーを使い切る前に、読み込みを止めました。何も送信していません。
    .next = 信頼できるファイルなら、必要なシートをCSVで保存してから、そのファイルを選んでください。
error-table-too-many-cells = このシートは、{ $limit }個を超えるセルにわたっています。
    .means = 何も読み込んでおらず、何も送信していません。
    .next = 表から遠く離れたところにあるセルを削除するか、表を新しいブックにコピーしてから、そのファイルを選んでください。
error-table-too-many-columns = この表は{ $limit }列を超えています。
    .means = 何も読み込んでおらず、何も送信していません。
    .next = 区切り文字の選び方が正しいか確かめるか、列を減らしてください。
error-table-too-many-rows = この表は{ $limit }行を超えています。
    .means = 何も読み込んでおらず、何も送信していません。
    .next = いくつかの小さなファイルに分けてください。
error-table-row-too-long = { $row }行目が{ $limit }MBを超えています。多くの場合、それより前の引用符（"）が閉じられていません。
    .means = 何も読み込んでおらず、何も送信していません。
    .next = { $row }行目かその前の引用符を閉じて保存し、もう一度選んでください。
error-table-row-too-large = このシートの{ $row }行目が{ $limit }MBを超えています。ふつうに使う文章の長さではなく、壊れているか、悪意のあるファイルかもしれません。
    .means = このコンピューターのメモリーを使い切る前に、読み込みを止めました。何も送信していません。
    .next = ExcelかLibreOfficeで{ $row }行目を確認し、文章を短くして保存してから、もう一度選んでください。
error-table-no-such-sheet = このブックには「{ $sheet }」というシートがありません。
    .means = 何も読み込んでいません。選択はそのまま残ります。
    .next = 一覧にあるシートから選んでください。
error-table-no-sheet = このブックには、セルのあるシートがありません。
    .means = 何も読み込んでおらず、何も送信していません。
    .next = 表の入ったブックを選んでください。
error-table-delimiter = 「{ $delimiter }」は、セルの区切りには使えません。
    .means = 何も読み込んでいません。選択は前のまま残ります。
    .next = コンマ、タブ、セミコロンなど、半角の1文字（引用符を除く）を選んでください。

## 表について知っておくべきこと

table-remark-empty-sheet = シート「{ $sheet }」には何も入っていません。
table-remark-hidden-sheet = シート「{ $sheet }」はブックの中で非表示になっていますが、読み込みました。
table-remark-hidden-rows = 非表示の{ $count }行も読み込みました（{ $rows }行目）。
table-remark-hidden-columns = 非表示の{ $count }列も読み込みました（{ $columns }）。
table-remark-merged-cells = 結合されたセルが{ $count }か所あります（{ $ranges }）。値は先頭のセルだけに入り、ほかは空になります。
table-remark-empty-rows = 途中にある空の{ $count }行を省きました。
table-remark-empty-columns = 空の{ $count }列を省きました（{ $columns }）。
table-remark-rows-above = 列名より上の{ $count }行を省きました（最初は「{ $text }」）。
table-remark-unnamed-columns = 名前のない列が{ $count }列あります。ここでは{ $columns }と呼びます。
table-remark-doubled-names = 前の列と同じ名前の列が{ $count }列あります。ここでは{ $columns }と呼びます。
table-remark-tidied-names = { $count }列の名前から、改行や前後の空白を取り除きました（{ $columns }）。
table-remark-long-rows = ほかの行よりセルの多い行が{ $count }行あります（最初は{ $row }行目）。余りは別の列に入れました。
table-remark-short-rows = ほかの行よりセルの少ない行が{ $count }行あります（最初は{ $row }行目）。足りないセルは空になります。
table-remark-error-cells = 「{ $column }」にエラーのセルが{ $count }個あります（{ $row }行目の{ $error }など）。そのままの文字で読み込みました。
table-remark-shown-otherwise = 「{ $column }」に、見た目と保存されている値の違うセルが{ $count }個あります（{ $row }行目の「{ $shown }」は{ $stored }として保存されています）。保存されている値を読み込みました。
table-remark-formulas-without-value = 計算結果が保存されていない数式が{ $count }個あり（最初は{ $cell }）、セルは空になります。ExcelかLibreOfficeで開き、保存し直してください。
table-remark-broken-characters = 読めない文字が{ $count }個あります（最初は{ $row }行目）。その位置には「�」を入れました。文字コードの選び方が違うのかもしれません。
table-remark-unclosed-quote = { $row }行目の引用符（"）が閉じられていないため、それより後ろがすべて1つのセルに入っています。
table-remark-separator-line = 先頭の行は区切り文字の指定（sep=…）だけなので、省きました。
