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

/// The paragraphs of a text, in Korean and for every other language.
pub(super) const PARAGRAPHS: [[&str; 2]; 2] = [
    [
        "첫 문단에는 무엇에 관한 것인지, 누가 그렇게 말했는지 쓴다.",
        "소제목의 `{#how}`는 링크에 쓰이는 이름이며 언어마다 같게 둔다. 다른 글은 `[글](/search/)`, 같은 폴더의 그림은 `![그림 설명](picture.svg)`처럼 넣는다.",
    ],
    [
        "The first paragraph says what it is about, and who said so.",
        "The `{#how}` of a heading is its name in links and is the same in every language. Link a page as `[text](/search/)`, and place a picture of this folder as `![what it shows](picture.svg)`.",
    ],
];
