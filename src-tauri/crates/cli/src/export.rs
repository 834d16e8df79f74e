//! Results into a file.

use std::path::Path;

use tabane_app::App;
use tabane_app::view::{ExportOrder, ResultsOf, ViewFilter};
use tabane_messages::Language;
use tabane_model::Failure;

use crate::arguments::{Arguments, Export};
use crate::exit::Exit;
use crate::output;

pub(crate) async fn export(
    app: &App,
    arguments: &Arguments,
    language: Language,
    id: &str,
    order: &Export,
) -> Result<Exit, Failure> {
    let written = app
        .export_to(
            ExportOrder {
                of: ResultsOf::Job { id: id.to_owned() },
                format: order.format.clone(),
                filter: ViewFilter::default(),
                defuse_formulas: !order.keep_formulas,
            },
            &order.output,
        )
        .await?;
    output::exported(arguments, language, &written, &order.output);
    Ok(Exit::Done)
}

pub(crate) async fn write(
    app: &App,
    of: ResultsOf,
    target: &Path,
    defuse_formulas: bool,
) -> Result<(), Failure> {
    let order = ExportOrder {
        of,
        format: format_of(target)?,
        filter: ViewFilter::default(),
        defuse_formulas,
    };
    app.export_to(order, target).await.map(|_| ())
}

/// By the file's ending.
pub(crate) fn format_of(target: &Path) -> Result<String, Failure> {
    let ending = target
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    if ["csv", "xlsx", "json", "jsonl"].contains(&ending.as_str()) {
        Ok(ending)
    } else {
        Err(Failure::new("format-unknown").with("format", ending))
    }
}
