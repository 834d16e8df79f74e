//! The answer sheet: written out for the model, as a JSON schema, and read back from what the model said.
