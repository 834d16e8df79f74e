//! What a factor is asked for: its names, and the names and ids of its levels.

use tabane_model::Factor;

/// Names that mean something else in a template.
const TAKEN: [&str; 18] = [
    "trial",
    "answer_sheet",
    "true",
    "false",
    "none",
    "True",
    "False",
    "None",
    "and",
    "or",
    "not",
    "in",
    "is",
    "if",
    "else",
    "loop",
    "self",
    "super",
];

/// Columns that name a level for people, in the order in which they are looked for.
const NAME_COLUMNS: [&str; 6] = ["name", "title", "label", "名前", "題名", "タイトル"];

/// Can a template say it without quotation marks? Letters of any script, digits and `_`, not beginning with a digit.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters
        .next()
        .is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first))
        && letters.all(|letter| letter == '_' || unicode_ident::is_xid_continue(letter))
}

/// A name for a factor from a file's name or a title: what a name cannot hold becomes `_`.
#[must_use]
pub fn name_from(title: &str) -> String {
    let mut name: String = title
        .trim()
        .chars()
        .map(|letter| {
            if letter == '_' || unicode_ident::is_xid_continue(letter) {
                letter
            } else {
                '_'
            }
        })
        .collect();
    if !is_name(&name) || is_taken(&name) {
        name.insert(0, '_');
    }
    if name.chars().all(|letter| letter == '_') {
        "data".to_owned()
    } else {
        name
    }
}

/// Does the template language, or the study, use this name itself?
#[must_use]
pub fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name)
}

/// What stands in a template for a column: `{{persona.name}}`, or `{{persona["my column"]}}`.
#[must_use]
pub fn placeholder(factor: &str, column: &str) -> String {
    if is_name(column) {
        format!("{{{{{factor}.{column}}}}}")
    } else {
        format!("{{{{{factor}[{}]}}}}", quoted(column))
    }
}

fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", escaped.replace('\n', "\\n"))
}

/// The label, or without one the name.
#[must_use]
pub fn label(factor: &Factor) -> &str {
    match factor.label.trim() {
        "" => &factor.name,
        label => label,
    }
}

/// The column whose cells are the ids of the levels.
#[must_use]
pub fn id_column(factor: &Factor) -> usize {
    column(factor, "id").unwrap_or(0)
}

#[must_use]
pub fn column(factor: &Factor, name: &str) -> Option<usize> {
    factor.columns.iter().position(|column| column == name)
}

/// A cell; empty where the row is too short.
#[must_use]
pub fn cell(factor: &Factor, level: usize, column: usize) -> &str {
    factor
        .levels
        .get(level)
        .and_then(|row| row.get(column))
        .map_or("", String::as_str)
}

#[must_use]
pub fn level_id(factor: &Factor, level: usize) -> &str {
    cell(factor, level, id_column(factor))
}

/// As people call the level: its cell under `name` or `title`, else its id.
#[must_use]
pub fn level_name(factor: &Factor, level: usize) -> &str {
    NAME_COLUMNS
        .iter()
        .filter_map(|name| column(factor, name))
        .map(|column| cell(factor, level, column))
        .find(|cell| !cell.trim().is_empty())
        .unwrap_or_else(|| level_id(factor, level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_title_gives_a_name() {
        let names = ["文章 一覧", "texts", "2026年", "trial", "", "…", "a-b.c"].map(name_from);
        assert_eq!(
            names,
            ["文章_一覧", "texts", "_2026年", "_trial", "data", "data", "a_b_c"]
        );
        assert!(names.iter().all(|name| is_name(name) && !is_taken(name)));
    }

    #[test]
    fn names_are_words_of_any_script() {
        for good in [
            "persona",
            "ペルソナ",
            "文章1",
            "温度１",
            "_x",
            "データ",
            "佐々木",
            "été",
        ] {
            assert!(is_name(good), "{good}");
        }
        for bad in [
            "",
            "1st",
            "１番",
            "my column",
            "a-b",
            "名前（漢字）",
            "a.b",
            "😀",
            "・点",
        ] {
            assert!(!is_name(bad), "{bad}");
        }
        assert!(is_taken("trial") && is_taken("not") && !is_taken("persona"));
    }

    #[test]
    fn a_column_with_spaces_or_symbols_is_named_in_quotation_marks() {
        assert_eq!(placeholder("persona", "name"), "{{persona.name}}");
        assert_eq!(placeholder("ペルソナ", "名前"), "{{ペルソナ.名前}}");
        assert_eq!(placeholder("persona", "my column"), r#"{{persona["my column"]}}"#);
        assert_eq!(placeholder("p", "a\"b\\"), r#"{{p["a\"b\\"]}}"#);
    }

    #[test]
    fn levels_have_an_id_and_a_name() {
        let rows = |rows: &[&[&str]]| {
            rows.iter()
                .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
                .collect::<Vec<Vec<String>>>()
        };
        let mut factor = Factor {
            name: "persona".to_owned(),
            label: String::new(),
            columns: ["name", "id"].map(str::to_owned).to_vec(),
            levels: rows(&[&["Poet", "007"], &["", "8"], &["short"]]),
        };
        assert_eq!((level_id(&factor, 0), level_name(&factor, 0)), ("007", "Poet"));
        assert_eq!((level_id(&factor, 1), level_name(&factor, 1)), ("8", "8"));
        assert_eq!((level_id(&factor, 2), level_id(&factor, 9)), ("", ""));
        assert_eq!(label(&factor), "persona");
        factor.label = "Persona".to_owned();
        factor.columns[1] = "other".to_owned();
        assert_eq!((label(&factor), level_id(&factor, 0)), ("Persona", "Poet"));
    }
}
