//! The judge: confirms a witness from the texts alone. Shares no code with the search.
