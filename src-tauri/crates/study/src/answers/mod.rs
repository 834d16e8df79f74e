//! The answer sheet: written out for the model, as a JSON schema, and read back from what the model said.

mod schema;
mod written_out;

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
