//! What the program itself knows of languages: the words of its interface, names, directions.

use super::primary;

/// The words of the interface in each language that the program speaks.
const PACKS: [(&str, &str); 8] = [
    ("ar", include_str!("../../static/languages/ar.yaml")),
    ("de", include_str!("../../static/languages/de.yaml")),
    ("en", ENGLISH),
    ("es", include_str!("../../static/languages/es.yaml")),
    ("fr", include_str!("../../static/languages/fr.yaml")),
    ("ja", include_str!("../../static/languages/ja.yaml")),
    ("ko", include_str!("../../static/languages/ko.yaml")),
    ("zh", include_str!("../../static/languages/zh.yaml")),
];

const ENGLISH: &str = include_str!("../../static/languages/en.yaml");

/// Languages by their codes: the name in English, and the own one.
const NAMES: [(&str, &str, &str); 40] = [
    ("ar", "Arabic", "العربية"),
    ("bg", "Bulgarian", "Български"),
    ("ca", "Catalan", "Català"),
    ("cs", "Czech", "Čeština"),
    ("da", "Danish", "Dansk"),
    ("de", "German", "Deutsch"),
    ("el", "Greek", "Ελληνικά"),
    ("en", "English", "English"),
    ("es", "Spanish", "Español"),
    ("et", "Estonian", "Eesti"),
    ("eu", "Basque", "Euskara"),
    ("fa", "Persian", "فارسی"),
    ("fi", "Finnish", "Suomi"),
    ("fr", "French", "Français"),
    ("gl", "Galician", "Galego"),
    ("he", "Hebrew", "עברית"),
    ("hi", "Hindi", "हिन्दी"),
    ("hr", "Croatian", "Hrvatski"),
    ("hu", "Hungarian", "Magyar"),
    ("id", "Indonesian", "Bahasa Indonesia"),
    ("it", "Italian", "Italiano"),
    ("ja", "Japanese", "日本語"),
    ("ko", "Korean", "한국어"),
    ("lt", "Lithuanian", "Lietuvių"),
    ("lv", "Latvian", "Latviešu"),
    ("nb", "Norwegian", "Norsk"),
    ("nl", "Dutch", "Nederlands"),
    ("pl", "Polish", "Polski"),
    ("pt", "Portuguese", "Português"),
    ("ro", "Romanian", "Română"),
    ("ru", "Russian", "Русский"),
    ("sk", "Slovak", "Slovenčina"),
    ("sl", "Slovenian", "Slovenščina"),
    ("sr", "Serbian", "Српски"),
    ("sv", "Swedish", "Svenska"),
    ("th", "Thai", "ไทย"),
    ("tr", "Turkish", "Türkçe"),
    ("uk", "Ukrainian", "Українська"),
    ("vi", "Vietnamese", "Tiếng Việt"),
    ("zh", "Chinese", "中文"),
];

/// The words of a language, in the form of a labels file with the words of each kind of entries, and whether they are
/// its own: where the program has none, they are English.
pub fn pack(code: &str) -> (&'static str, bool) {
    // The words of the pack are in simplified characters.
    let lower = code.to_ascii_lowercase();
    let traditional = ["zh-hant", "zh-tw", "zh-hk", "zh-mo"];
    let is_traditional = traditional.iter().any(|it| lower.starts_with(it));
    let own = PACKS.iter().find(|(known, _)| *known == primary(code));
    let own = own.filter(|_| !is_traditional);
    own.map_or((ENGLISH, false), |(_, text)| (text, true))
}

/// The language's own name for itself, or its code where the program does not know it.
pub fn own_name(code: &str) -> &str {
    name(code).map_or(code, |(_, own)| own)
}

/// The code of a language that was called otherwise.
pub fn meant(name: &str) -> Option<&'static str> {
    match name.to_lowercase().as_str() {
        "kr" | "kor" => return Some("ko"),
        "eng" => return Some("en"),
        "cn" | "chn" => return Some("zh"),
        "jp" | "jpn" => return Some("ja"),
        "ger" | "deu" => return Some("de"),
        _ => {}
    }
    let is_meant = |(code, english, own): &&(&str, &str, &str)| {
        [*code, *english, *own].iter().any(|it| it.to_lowercase() == name.to_lowercase())
    };
    NAMES.iter().find(is_meant).map(|(code, ..)| *code)
}

/// The language's name in messages, or its code.
pub fn english_name(code: &str) -> &str {
    name(code).map_or(code, |(english, _)| english)
}

fn name(code: &str) -> Option<(&'static str, &'static str)> {
    let found = NAMES.iter().find(|(known, ..)| *known == primary(code));
    found.map(|(_, english, own)| (*english, *own))
}

pub fn is_right_to_left(code: &str) -> bool {
    const CODES: [&str; 9] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ur", "yi"];
    CODES.contains(&primary(code))
}
