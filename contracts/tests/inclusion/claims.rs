//! What the search promises beyond single answers.
