//! Short texts in the language of the request.

use super::dice::Dice;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    Japanese,
}

impl Tongue {
    /// Japanese where there are kana or kanji.
    pub(super) fn of(text: &str) -> Self {
        let japanese = |c| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ff66}'..='\u{ff9d}');
        if text.chars().any(japanese) {
            Self::Japanese
        } else {
            Self::English
        }
    }
}

// Every beginning goes with every end, so that many texts come of few words.
const JA: [&str; 12] = [
    "静かな書き出しなので",
    "ことばの選び方がていねいで",
    "場面がはっきり思い浮かび",
    "身近なできごとに重なって",
    "語り手との距離が近く",
    "短い文が続くため",
    "説明が少ないぶん",
    "結びが思いがけなくて",
    "ものの見方が新しく",
    "くり返しが効いていて",
    "落ち着いた調子のまま",
    "細かい描写が多く",
];
const JA_ENDS: [&str; 11] = [
    "少し気持ちが動きました。",
    "最後まで読み進められました。",
    "読み終えたあとも心に残りました。",
    "やわらかい印象を受けました。",
    "どこか懐かしく感じました。",
    "強い感情までは起きませんでした。",
    "もう一度読みたくなりました。",
    "自然に納得できました。",
    "小さな驚きがありました。",
    "明るい気分になりました。",
    "少しさびしさを覚えました。",
];
const EN: [&str; 12] = [
    "Because the opening is quiet",
    "Since the words are chosen with care",
    "Because the scene is easy to picture",
    "As it resembles something I know",
    "Because the narrator feels close",
    "Since the sentences are short",
    "As little is explained",
    "Because the ending is unexpected",
    "Since it looks at things in a new way",
    "Because the repetition works well",
    "As the tone stays calm",
    "Since there are many small details",
];
const EN_ENDS: [&str; 11] = [
    "I was moved a little.",
    "I read on to the end.",
    "it stayed with me afterwards.",
    "it left a gentle impression.",
    "it felt somehow familiar.",
    "I felt no strong emotion.",
    "I would like to read it again.",
    "it made sense to me.",
    "it surprised me slightly.",
    "it put me in a good mood.",
    "I felt a touch of sadness.",
];

pub(super) fn sentence(tongue: Tongue, dice: &mut Dice) -> String {
    match tongue {
        Tongue::English => format!("{}, {}", dice.words(&EN), dice.words(&EN_ENDS)),
        Tongue::Japanese => format!("{}、{}", dice.words(&JA), dice.words(&JA_ENDS)),
    }
}

/// One to three sentences.
pub(super) fn text(tongue: Tongue, dice: &mut Dice) -> String {
    let gap = if tongue == Tongue::English { " " } else { "" };
    let mut text = sentence(tongue, dice);
    for _ in 0..dice.draw(3) {
        text.push_str(gap);
        text.push_str(&sentence(tongue, dice));
    }
    text
}

pub(super) fn refusal(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::English => "I'm sorry, but I can't help with that request.",
        Tongue::Japanese => "申し訳ありませんが、そのご依頼にはお応えできません。",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_follows_the_request() {
        for japanese in ["ひらがな", "カタカナ", "漢字", "ﾊﾝｶｸ", "Rate this: 面白さ"] {
            assert_eq!(Tongue::of(japanese), Tongue::Japanese, "{japanese}");
        }
        for english in ["", "Hello", "naïve ０１２", "“quoted”"] {
            assert_eq!(Tongue::of(english), Tongue::English, "{english}");
        }
        let ja = text(Tongue::Japanese, &mut Dice::new("b", 0));
        assert!(ja.ends_with('。') && Tongue::of(&ja) == Tongue::Japanese, "{ja}");
        let en = text(Tongue::English, &mut Dice::new("b", 0));
        assert!(en.ends_with('.') && en.is_ascii(), "{en}");
    }

    #[test]
    fn twelve_trials_are_twelve_texts() {
        let texts: std::collections::HashSet<_> = (0..12)
            .map(|trial| text(Tongue::Japanese, &mut Dice::new("b", trial)))
            .collect();
        assert_eq!(texts.len(), 12);
    }
}
