# 表計算ソフトのように入力できる表と、読み込む表データ。

## 表
sheet-type-here = ここに入力するか、Excelから貼り付け
sheet-keys = 文字を入力するとセルを置き換え、F2で編集します。Shift+F10でメニューを開きます。Escのあと、Tabで表から出ます。
sheet-keys-read-only = 矢印キーで移動、Shiftで選択、Ctrl+Cでコピーします。
sheet-editing = { $column }、{ $row }行目
sheet-editing-name = 列{ $column }の名前
sheet-new-column = 列{ $number }
sheet-menu = 行と列の操作
sheet-pasted = { $rows }行・{ $columns }列を貼り付けました

## メニュー
sheet-insert-above = 上に行を挿入
sheet-insert-below = 下に行を挿入
sheet-delete-rows =
    { $count ->
        [1] 行を削除
       *[other] { $count }行を削除
    }
sheet-insert-left = 左に列を挿入
sheet-insert-right = 右に列を挿入
sheet-rename = 列の名前を変更
sheet-move-left =
    { $count ->
        [1] 列を左へ移動
       *[other] { $count }列を左へ移動
    }
sheet-move-right =
    { $count ->
        [1] 列を右へ移動
       *[other] { $count }列を右へ移動
    }
sheet-delete-columns =
    { $count ->
        [1] 列を削除
       *[other] { $count }列を削除
    }
sheet-name-columns = { $row }行目を列名にする

## 「元に戻す：」のあと
sheet-done-type = セルの編集
sheet-done-clear = セルの消去
sheet-done-cut = セルの切り取り
sheet-done-paste = 貼り付け
sheet-done-insert-rows = 行の挿入
sheet-done-delete-rows = 行の削除
sheet-done-insert-column = 列の挿入
sheet-done-delete-columns = 列の削除
sheet-done-move-column = 列の移動
sheet-done-rename-column = 列名の変更
sheet-done-name-columns = 行を列名に変更

## 表データの読み込み
data-title = { $name }を読み込む
data-reading = ファイルを読み込んでいます…
data-sheet = シート
data-sheet-hidden = { $name }（非表示）
data-encoding = 文字コード
data-encoding-utf-8 = UTF-8
data-encoding-shift_jis = Shift_JIS（日本語Windows）
data-encoding-euc-jp = EUC-JP
data-encoding-utf-16le = UTF-16 LE
data-encoding-utf-16be = UTF-16 BE
data-encoding-windows-1252 = Windows-1252（西欧）
data-delimiter = 区切り文字
data-delimiter-comma = コンマ
data-delimiter-tab = タブ
data-delimiter-semicolon = セミコロン
data-delimiter-none = なし（1列だけ）
data-header = 先頭の行は列名です
data-rows = ファイルの先頭の行
data-size = { $rows }行・{ $columns }列
data-first = 最初の{ $count }行を表示しています。
data-nothing = 読み込む行がありません。
data-remark-unnamed = このファイルには、確認しておきたい点があります（{ $code }）。
data-goal = 読み込み先
data-goal-new = 新しい要因
data-replaces =
    { $count ->
        [0] { $name }には、まだ水準がありません。1行が1つの水準になります。
       *[other] { $name }の{ $count }水準と置き換わります。「元に戻す」で取り消せます。
    }
data-name = 新しい要因の名前
data-name-help = テンプレートでの書き方：{ $name }
data-use = { $count }行を{ $name }にする
data-use-new = { $count }行を要因に追加
