//! The answer sheet: written out for the model, as a JSON schema, and read back from what the model said.

mod choice;
mod digits;
mod head_marks;
mod heads;
mod json;
mod json_fields;
mod labels;
mod lines;
mod number;
mod number_context;
mod number_use;
mod prose;
mod read;
mod reading;
mod schema;
mod table;
mod text;
mod value;
mod written_out;
mod yes_no;

pub use read::{accept, read};
pub use schema::schema;
pub use written_out::written_out;

use tabane_model::Field;

/// What the model reads as the item's name.
fn label(field: &Field) -> &str {
    match field.label.trim() {
        "" => &field.name,
        label => label,
    }
}
