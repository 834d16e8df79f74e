//! The columns of a study: its factors, its answer sheet, and what every export has.

use tabane_model::{
    AnswerForm, AnswerSheet, Cell, Design, Factor, Field, FieldKind, HowRead, MissingReason, Order,
    Parameters, Prompt, STUDY_FORMAT, Shape, SheetCell, Study, StudyRequest, Subset,
};

use super::*;

fn factor(name: &str) -> Factor {
    Factor {
        name: name.to_owned(),
        label: String::new(),
        columns: vec!["id".to_owned()],
        levels: vec![vec!["1".to_owned()]],
    }
}

fn field(name: &str, label: &str, kind: FieldKind) -> Field {
    Field {
        name: name.to_owned(),
        label: label.to_owned(),
        kind,
        description: String::new(),
        required: true,
    }
}

fn whole() -> FieldKind {
    FieldKind::Integer {
        minimum: Some(0.0),
        maximum: Some(100.0),
    }
}

fn study() -> Study {
    Study {
        tabane: STUDY_FORMAT,
        title: "感情評定".to_owned(),
        language: "ja".to_owned(),
        factors: vec![factor("persona"), factor("text")],
        design: Design {
            shape: Shape::Crossed,
            trials: 10,
            include: vec![],
            exclude: vec![],
            order: Order::AsDesigned,
            subset: Subset::All,
        },
        prompt: Prompt::default(),
        parameters: Parameters::default(),
        answer_sheet: AnswerSheet {
            form: AnswerForm::Structured,
            fields: vec![
                field("amusement", "面白さ", whole()),
                field("reason", "=理由", FieldKind::ShortText),
                field("state", "status", FieldKind::ShortText),
            ],
        },
        models: vec![],
        custom_id: "{{trial}}".to_owned(),
    }
}

fn read(value: &str) -> SheetCell {
    SheetCell {
        read: Cell::Read {
            value: value.to_owned(),
            how: HowRead::Json,
            from: (0, 1),
        },
        edited: None,
    }
}

fn answered() -> ResultRow {
    let mut row = row(0, "p1_t2_n3", Some("面白さ：85"));
    row.asked_model = Some("gpt-5.4-mini".to_owned());
    row.outcome.model = Some("gpt-5.4-mini-2026-03-17".to_owned());
    let missing = Cell::Missing {
        reason: MissingReason::NotAnswered,
        from: None,
    };
    row.study = Some(StudyRequest {
        levels: vec!["p1".to_owned(), "t2".to_owned()],
        trial: 3,
        temperature: Some(0.8),
        cells: vec![
            read("-85"),
            read("=cmd()"),
            SheetCell {
                read: missing,
                edited: None,
            },
        ],
    });
    row
}

fn options() -> Options {
    Options {
        columns: Columns::of_study(&study()),
        ..Options::default()
    }
}

#[test]
fn csv_has_the_factors_then_the_sheet_by_its_labels() {
    let mut pending = row(1, "p1_t2_n4", None);
    pending.outcome = Outcome::empty(Status::Pending);
    pending.study = None;
    let (_folder, target, _) = saved(Format::Csv, &[answered(), pending], &options());
    let text = fs::read_to_string(target).unwrap();
    let mut lines = text.trim_start_matches('\u{feff}').split("\r\n");
    assert_eq!(
        lines.next().unwrap(),
        "custom_id,text,persona,temperature,trial,provider,model,status,面白さ,'=理由,status (state),answer,\
         finish_reason,answering_model,practice,input_tokens,cached_tokens,output_tokens,reasoning_tokens,\
         error_code,error_message,missing_fields,edited_fields"
    );
    assert_eq!(
        lines.next().unwrap(),
        "p1_t2_n3,t2,p1,0.8,3,openai,gpt-5.4-mini,succeeded,-85,'=cmd(),,面白さ：85,,gpt-5.4-mini-2026-03-17,no,\
         12,,,,,,state,"
    );
    assert_eq!(
        lines.next().unwrap(),
        "p1_t2_n4,,,,,openai,,pending,,,,,,,no,,,,,,,,"
    );
}

#[test]
fn json_keeps_numbers_and_says_what_was_edited() {
    let mut row = answered();
    if let Some(study) = &mut row.study {
        study.cells[0].edited = Some("70.5".to_owned());
        study.cells[1].edited = Some(String::new());
    }
    let (_folder, target, _) = saved(Format::Jsonl, &[answered(), row], &options());
    let lines: Vec<Json> = fs::read_to_string(target)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["面白さ"], json!(-85));
    assert_eq!(
        (&lines[0]["trial"], &lines[0]["temperature"]),
        (&json!(3), &json!(0.8))
    );
    assert_eq!(
        (&lines[1]["面白さ"], &lines[1]["=理由"]),
        (&json!(70.5), &Json::Null)
    );
    assert_eq!(lines[1]["edited_fields"], "amusement; reason");
    assert_eq!(lines[1]["missing_fields"], "reason; state");
}
