//! Fills an answer sheet of numbered lines, such as `1. Amusement: a whole number from 0 to 100` or `Q1. 面白さ(数値)`.

use super::dice::Dice;
use super::prose::{self, Tongue};
use super::range::{Range, last_range, narrow};
use super::wanted::{Kind, Wanted, in_words, wanted};

/// Before the number of a line.
const MARKS: [&str; 7] = ["Question ", "Q", "q", "質問", "設問", "項目", "問"];
/// A longer line without a colon is a question, which the answer does not repeat. Characters.
const LABEL: usize = 24;

/// One in so many optional items is left empty, as people and models do.
const LEFT_EMPTY: u64 = 4;

struct Item {
    number: u32,
    /// The line up to where the answer stands.
    head: String,
    wanted: Wanted,
    question: bool,
}

/// `None` when the message holds no answer sheet. Of several the last is meant.
pub(super) fn fill(asked: &str, tongue: Tongue, dice: &mut Dice) -> Option<String> {
    let sheets = sheets(asked);
    let is_sheet = |sheet: &&Vec<Item>| sheet.iter().any(|item| item.question || item.wanted.telling);
    let sheet = sheets.iter().rev().find(is_sheet)?;
    // Looked for only where a line leaves its range open: a message may be long.
    let said = || last_range(asked);
    let lines = sheet.iter().map(|item| {
        let answer = answer(&item.wanted, &said, tongue, dice);
        format!("{}{answer}", item.head).trim_end().to_owned()
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

/// The numbered lists of a text. A number that stands twice in a row goes on with the list where nothing else stands
/// between.
fn sheets(asked: &str) -> Vec<Vec<Item>> {
    let mut sheets: Vec<Vec<Item>> = Vec::new();
    let mut follows = false;
    for line in asked.lines().filter(|line| !line.trim().is_empty()) {
        let Some(item) = item(line) else {
            follows = false;
            continue;
        };
        let goes_on = |sheet: &&mut Vec<Item>| {
            sheet
                .last()
                .is_some_and(|last| item.number == last.number + 1 || (follows && item.number == last.number))
        };
        match sheets.last_mut().filter(goes_on) {
            Some(sheet) => sheet.push(item),
            None => sheets.push(vec![item]),
        }
        follows = true;
    }
    sheets
}

fn answer(wanted: &Wanted, said: &dyn Fn() -> Option<Range>, tongue: Tongue, dice: &mut Dice) -> String {
    if wanted.optional && dice.once_in(LEFT_EMPTY) {
        return String::new();
    }
    match &wanted.kind {
        Kind::Number(number) => written(number.range(said), dice),
        Kind::Both(number) => {
            let comma = if tongue == Tongue::Japanese { "、" } else { ", " };
            let number = written(number.range(said), dice);
            format!("{number}{comma}{}", prose::sentence(tongue, dice))
        }
        Kind::Choice(options) => dice.pick(options).cloned().unwrap_or_default(),
        Kind::Text => prose::sentence(tongue, dice),
        Kind::LongText => prose::text(tongue, dice),
        Kind::Blank => match said() {
            Some(range) => written(range, dice),
            None => prose::sentence(tongue, dice),
        },
    }
}

fn written(range: Range, dice: &mut Dice) -> String {
    let decimals = range.decimals.min(6);
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
    // bounds that people write are small
    let value = dice.between(
        (range.low * scale).round() as i64,
        (range.high * scale).round() as i64,
    ) as f64
        / scale;
    format!("{value:.decimals$}")
}

fn item(line: &str) -> Option<Item> {
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '・' | '#' | '>'));
    let (number, start) = numbering(line)?;
    let rest = &line[start..];
    let question = line.ends_with(['?', '？']);
    if let Some((at, end)) = colon(rest) {
        let gap = if rest[at..end].is_ascii() { " " } else { "" };
        return Some(Item {
            number,
            head: format!("{}{gap}", &line[..start + end]),
            wanted: wanted(rest[..at].trim(), rest[end..].trim()),
            question,
        });
    }
    let label = rest.trim_end();
    let head = if label.chars().count() > LABEL || label.ends_with(['?', '？', '。', '.']) {
        line[..start].to_owned()
    } else if label.is_ascii() || label.ends_with(')') {
        format!("{line}: ")
    } else {
        format!("{line}：")
    };
    let mut wanted = wanted(label, "");
    // A name alone is a form only if it has its kind in brackets: headings are numbered too.
    if wanted.kind == Kind::Blank {
        wanted.kind = Kind::Text;
        wanted.telling = false;
    }
    Some(Item {
        number,
        head,
        wanted,
        question,
    })
}

/// The colon between a name and what it asks for, from and to. Names may hold colons, so it is the first one behind
/// which something is asked for, else the first. What stands in brackets explains.
fn colon(rest: &str) -> Option<(usize, usize)> {
    let mut depth = 0;
    let mut colons = Vec::new();
    for (at, c) in rest.char_indices() {
        match c {
            '(' | '（' | '[' | '［' | '【' => depth += 1,
            ')' | '）' | ']' | '］' | '】' => depth -= 1,
            ':' | '：' | '=' | '＝' if depth <= 0 => colons.push((at, at + c.len_utf8())),
            _ => {}
        }
    }
    let next = |index: usize| colons.get(index + 1).map_or(rest.len(), |(at, _)| *at);
    let asks = |(index, (_, end)): &(usize, &(usize, usize))| in_words(&rest[*end..next(*index)]).is_some();
    let found = colons.iter().enumerate().find(asks).map(|(_, colon)| *colon);
    found.or_else(|| colons.first().copied())
}

/// The number of a line and where its text begins.
fn numbering(line: &str) -> Option<(u32, usize)> {
    let mark = MARKS
        .iter()
        .find_map(|mark| line.starts_with(mark).then_some(mark.len()))
        .unwrap_or(0);
    let digits = line[mark..].find(|c: char| !c.is_ascii_digit() && !('０'..='９').contains(&c))?;
    let number = narrow(&line[mark..mark + digits])
        .parse()
        .ok()
        .filter(|number| *number < 1_000)?;
    let after = &line[mark + digits..];
    let stop = after.chars().next()?;
    let end = match stop {
        '.' | '．' | '、' | ')' | '）' | ':' | '：' | ']' | '】' => stop.len_utf8(),
        _ if mark > 0 && (stop.is_whitespace() || matches!(stop, '(' | '（')) => 0,
        _ => return None,
    };
    let text = after[end..].trim_start();
    // `1.5` and `17:40` are numbers, not numbering.
    if text.is_empty() || (end > 0 && after[end..].starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    Some((number, line.len() - text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answers behind the heads, each checked, in fifty trials.
    fn each_trial(asked: &str, tongue: Tongue, check: &dyn Fn(&[&str])) {
        let head = |line: &str| {
            let (at, colon) = line.char_indices().find(|(_, c)| matches!(c, ':' | '：'))?;
            numbering(line).map(|_| line[..at + colon.len_utf8()].to_owned())
        };
        let heads: Vec<String> = asked.lines().filter_map(head).collect();
        for trial in 0..50 {
            let answer = fill(asked, tongue, &mut Dice::new("b", trial)).expect(asked);
            assert_eq!(answer.lines().count(), heads.len(), "{answer}");
            let cells: Vec<&str> = answer
                .lines()
                .zip(&heads)
                .map(|(line, head)| line.strip_prefix(head.as_str()).expect(line).trim())
                .collect();
            check(&cells);
        }
    }

    fn within(cell: &str, low: f64, high: f64) -> bool {
        cell.parse::<f64>()
            .is_ok_and(|number| (low..=high).contains(&number))
    }

    fn whole(cell: &str) -> bool {
        cell.parse::<i64>().is_ok()
    }

    #[test]
    fn every_kind_of_item_in_english() {
        let asked = "Read the text.\n1. The first thing she said was: no.\n\nAnswer with these nine items:\n\
            1. Politeness: a whole number from 1 to 7 (1 is blunt, 7 is very polite)\n\
            2. Sincerity: a whole number (How much the speaker means it)\n\
            3. Warmth: a number from -0.5 to 1.25, decimals allowed, may be left empty (one of many: 3 to 4)\n\
            4. Years: a whole number, 2 or more\n\
            5. Strategy: one of excuse, delay, apology, alternative\n\
            6. Sure: one of \"yes, fully\", \"no\" (say which)\n\
            7. Again: yes or no, may be left empty\n\
            8. Reason: one sentence (Why you judged so, from 1 to 3 words)\n\
            9. Remarks: a few sentences, may be left empty\n\
            Write one line for each item, beginning with its number and name, such as \"1. Politeness:\".";
        let asked_list = &asked[asked.find("Answer").unwrap()..];
        each_trial(asked_list, Tongue::English, &|cells| {
            assert!(whole(cells[0]) && within(cells[0], 1.0, 7.0), "{cells:?}");
            assert!(whole(cells[1]) && whole(cells[3]), "{cells:?}");
            assert!(cells[2].is_empty() || within(cells[2], -0.5, 1.25), "{cells:?}");
            assert!(within(cells[3], 2.0, 1e6), "{cells:?}");
            assert!(["excuse", "delay", "apology", "alternative"].contains(&cells[4]));
            assert!(["yes, fully", "no"].contains(&cells[5]), "{cells:?}");
            assert!(["yes", "no", ""].contains(&cells[6]), "{cells:?}");
            assert!(cells[7].ends_with('.'), "{cells:?}");
            assert!(cells[8].is_empty() || cells[8].ends_with('.'), "{cells:?}");
        });
        // The numbered line of the text is no item.
        let whole = fill(asked, Tongue::English, &mut Dice::new("b", 0)).unwrap();
        assert!(whole.starts_with("1. Politeness: "), "{whole}");
    }

    #[test]
    fn every_kind_of_item_in_japanese() {
        let asked = "次の9項目に答えてください。\n\
            1. 丁寧さ：1〜7の整数（1はぶっきらぼう、7はとても丁寧）\n\
            2. 誠実さ：整数（本心からの言葉と感じる程度）\n\
            3. 温かさ：-0.5〜1.25の数値、小数も可、空欄も可（3〜4のうち1つではない）\n\
            4. 年数：2以上の整数\n\
            5. 断り方：言い訳・先延ばし・謝罪・代案のうち1つ（説明）\n\
            6. 確信：「はい・完全に」・「いいえ」のうち1つ\n\
            7. もう一度：「はい」か「いいえ」、空欄も可\n\
            8. 理由：一文（そう判断した理由）\n\
            9. 備考：数文の文章、空欄も可\n\
            1項目につき1行で書き、各行は「1. 丁寧さ：」のように番号と項目名で始めてください。";
        let list = asked.rsplit_once('\n').unwrap().0;
        each_trial(list, Tongue::Japanese, &|cells| {
            assert!(whole(cells[0]) && within(cells[0], 1.0, 7.0), "{cells:?}");
            assert!(whole(cells[1]) && whole(cells[3]), "{cells:?}");
            assert!(cells[2].is_empty() || within(cells[2], -0.5, 1.25), "{cells:?}");
            assert!(
                ["言い訳", "先延ばし", "謝罪", "代案"].contains(&cells[4]),
                "{cells:?}"
            );
            assert!(["はい・完全に", "いいえ"].contains(&cells[5]), "{cells:?}");
            assert!(["はい", "いいえ", ""].contains(&cells[6]), "{cells:?}");
            assert!(cells[7].ends_with('。'), "{cells:?}");
            assert!(cells[8].is_empty() || cells[8].ends_with('。'), "{cells:?}");
        });
        let dice = || Dice::new("b", 0);
        assert_eq!(
            fill(asked, Tongue::Japanese, &mut dice()),
            fill(list, Tongue::Japanese, &mut dice())
        );
    }

    #[test]
    fn a_sheet_of_texts_alone_and_names_with_colons() {
        let texts = fill(
            "1. Reason: one sentence\n2. Mood: a few sentences",
            Tongue::English,
            &mut Dice::new("b", 0),
        );
        assert!(
            texts.is_some_and(|answer| answer.starts_with("1. Reason: ") && answer.contains("\n2. Mood: "))
        );
        let named = fill(
            "1. 感情：喜び（強さ：今）：0〜3の整数",
            Tongue::Japanese,
            &mut Dice::new("b", 0),
        )
        .unwrap();
        let cell = named.strip_prefix("1. 感情：喜び（強さ：今）：").expect(&named);
        assert!(within(cell, 0.0, 3.0), "{named}");
        let instructions = "1. Read: the text below\n2. Note: write in your own words.";
        assert_eq!(fill(instructions, Tongue::English, &mut Dice::new("b", 0)), None);
    }
}
