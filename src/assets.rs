//! What the pages load besides themselves: static files, inside the program, under names that
//! change with their content.

/// The parts of the stylesheet, in the order in which they are joined.
const STYLES: [&str; 9] = [
    include_str!("../static/css/00-tokens.css"),
    include_str!("../static/css/10-base.css"),
    include_str!("../static/css/20-frame.css"),
    include_str!("../static/css/30-home.css"),
    include_str!("../static/css/40-project.css"),
    include_str!("../static/css/50-list.css"),
    include_str!("../static/css/60-plain.css"),
    include_str!("../static/css/70-figures.css"),
    include_str!("../static/css/90-print.css"),
];

/// A file under a name that changes with its content, so that it can be kept for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its path on the site, such as `/assets/site-0123456789abcdef.css`.
    pub path: String,
    /// Its content.
    pub body: Vec<u8>,
}

impl Asset {
    /// Names a file after its content.
    #[must_use]
    pub fn new(name: &str, extension: &str, body: Vec<u8>) -> Self {
        let hash = blake3::hash(&body).to_hex();
        Self {
            path: format!("/assets/{name}-{}.{extension}", &hash[..16]),
            body,
        }
    }
}

/// The stylesheet, with rules that depend on the content put behind those of every site.
#[must_use]
pub fn stylesheet(generated: &str) -> Asset {
    let mut css = STYLES.concat();
    css.push_str(generated);
    Asset::new("site", "css", css.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_the_content() {
        assert_ne!(stylesheet("").path, stylesheet("a{}").path);
        assert_eq!(stylesheet("").path, stylesheet("").path);
    }
}
