//! What the program itself says, and how it ends.
