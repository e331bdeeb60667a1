//! What pages load: for each language a stylesheet and fonts with the characters that its pages set, and scripts.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rayon::prelude::*;

use super::context::AssetPaths;
use super::{Body, Format, Output, WIDEST_WORD, font_characters};
use crate::assets::inks::Inks;
use crate::assets::{Asset, Assets, fonts};
use crate::language::LanguageId;
use crate::model::routes::PAGE_SIZE;
use crate::model::{Picture, Website};

struct Fonts {
    characters: BTreeSet<char>,
    whole: Asset,
    /// For the first page alone.
    home: Asset,
    /// The font that the site brings, and its weights.
    brought: Option<(Asset, String)>,
}

/// The files that pages load, and where those of each language are.
pub(super) fn page_assets(
    website: &Website,
    assets: &Assets,
) -> anyhow::Result<(Vec<AssetPaths>, Vec<Output>)> {
    let languages: Vec<LanguageId> = website.languages.iter().collect();
    let fonts = languages.into_par_iter().map(|it| cut(website, it, assets));
    let fonts = fonts.collect::<anyhow::Result<Vec<_>>>()?;
    let script = Assets::script();
    let redirect_script = Assets::redirect_script();
    let styles = generated_styles(website);
    let (mut paths, mut files) = (Vec::new(), Vec::new());
    for own in &fonts {
        // A page that shows characters of another language fetches the font that has them.
        let others = fonts.iter().filter(|it| it.whole != own.whole);
        let lacking = |it: &Fonts| it.characters.difference(&own.characters).copied().collect();
        let others: Vec<_> = others.map(|it| (&it.whole, lacking(it))).collect();
        let stylesheet =
            Assets::stylesheet(&styles, &own.whole, &own.home, &others, own.brought.as_ref());
        paths.push(AssetPaths {
            stylesheet: stylesheet.path.clone(),
            script: script.path.clone(),
            redirect_script: redirect_script.path.clone(),
            font: own.whole.path.clone(),
            home_font: own.home.path.clone(),
        });
        files.push((stylesheet, Format::Stylesheet));
        files.extend(own.brought.iter().map(|(it, _)| (it.clone(), Format::Font)));
        files.push((own.whole.clone(), Format::Font));
        files.push((own.home.clone(), Format::Font));
    }
    files.push((script, Format::Script));
    if website.moved().any(|it| !it.aliases.is_empty()) {
        files.push((redirect_script, Format::Script));
    }
    // Two languages may set the same characters.
    files.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    files.dedup_by(|(a, _), (b, _)| a.path == b.path);
    let outputs = files.into_iter().map(|(asset, format)| Output {
        path: asset.path,
        format,
        body: Body::Ready(asset.body),
    });
    Ok((paths, outputs.collect()))
}

fn cut(website: &Website, language: LanguageId, assets: &Assets) -> anyhow::Result<Fonts> {
    let name = format!("wanted-sans-{}", website.languages.code(language));
    let characters = font_characters::font_characters(website, language);
    let (whole, home) = rayon::join(
        || assets.font(&name, &characters, None),
        || {
            let home = font_characters::home_characters(website, language);
            assets.font(&format!("{name}-home"), &home, None)
        },
    );
    let brought = website.font.as_deref().map(|own| {
        let name = format!("site-{}", website.languages.code(language));
        let font = assets.font(&name, &fonts::had(own, &characters), Some(own))?;
        anyhow::Ok((font, fonts::weights(own)?))
    });
    Ok(Fonts { whole: whole?, home: home?, brought: brought.transpose()?, characters })
}

/// Rules that depend on the content: a name for each project's emblem, so that it travels from page to page. No style
/// attribute is allowed, so these rules go into the stylesheet; of a long programme it is the first page that travels,
/// since every reader fetches the rules of all. Likewise how wide the longest word of a name is.
fn generated_styles(website: &Website) -> String {
    let mut css = String::from("@layer project {\n");
    for halves in 3..=WIDEST_WORD {
        let _ = writeln!(css, ".word-{halves}{{--word:{halves}}}");
    }
    for project in website.projects.iter().take(PAGE_SIZE) {
        let slug = &project.slug;
        let _ = writeln!(css, ".transition--{slug}{{view-transition-name:emblem-{slug}}}");
    }
    // Logos have the same area whatever their shape: a height of the root of the area by the ratio.
    for (tier, index) in website.sponsors.iter().zip(0..) {
        for (sponsor, place) in tier.sponsors.iter().zip(0..) {
            if let Some((width, height)) = sponsor.logo.as_ref().and_then(Picture::size) {
                #[expect(clippy::cast_precision_loss, reason = "pictures are not so large")]
                let height = (height as f32 / width.max(1) as f32).sqrt();
                let _ = writeln!(css, ".sponsor--{index}-{place}{{--height:{height:.3}}}");
            }
        }
    }
    css.push_str("}\n");
    css + &Inks::own(&website.event.look).map_or(String::new(), Inks::css)
}
