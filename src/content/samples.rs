//! What a new project holds until its author writes it: known, so that none of it is published.

/// The tagline, in Korean and for every other language.
pub(super) const TAGLINE: [&str; 2] = ["한 줄로 말하면 무엇인지", "What it is, in one line"];

/// The standfirst, in Korean and for every other language.
pub(super) const STANDFIRST: [&str; 2] = [
    "무엇에 관한 것인지 검색 결과에도 나올 한두 문장으로 쓴다.",
    "Say in one or two sentences what it is about, as search results will show it.",
];

/// The answer to a question, in Korean and for every other language.
pub(super) const ANSWER: [&str; 2] = ["이 물음에 답한다.", "Answer this question."];
