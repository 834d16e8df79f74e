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
