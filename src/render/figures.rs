//! Pictures as they stand in pages: in several sizes, so that nobody loads more than is seen, and with their own size, so
//! that nothing moves when they arrive.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::context::Context;
use super::urls::BaseUrl;
use crate::diagnostic::escape_html;
use crate::language::{Localized, fill, own_name};
use crate::media::{Medium, Player, captions, served_as, within};
use crate::model::{
    Cover, Credit, Labels, Material, Paragraph, Place, Project, Prose, Shown, Transcript, clock,
    second_id,
};
use crate::svg::Svg;

/// How wide running text is, and so a picture in it.
const IN_TEXT: &str = "(min-width: 60rem) 46rem, 94vw";
/// Bytes of what is said in a film after which it is folded up.
const LONG: usize = 1500;
/// How wide the picture at the head of a page is.
const AT_HEAD: &str = "(min-width: 48rem) 50vw, 100vw";
/// How wide a picture of a gallery is.
const IN_GALLERY: &str = "(min-width: 60rem) 23rem, 47vw";

/// The page that something is shown on.
#[derive(Debug)]
pub(super) struct Owner<'a> {
    /// What a film from elsewhere is shown by until somebody asks for it.
    name: &'a str,
    emblem: &'a str,
    cover: Option<&'a Cover>,
    video: Option<&'a Material>,
    /// What is said in its films, and of how many that is told by now.
    transcripts: Vec<(&'a str, &'a Transcript)>,
    told: Cell<usize>,
}

impl<'a> Owner<'a> {
    /// A page whose text stands in a folder.
    pub(super) fn page(
        context: Context<'a>,
        name: &'a Localized<String>,
        folder: &str,
        prose: Option<&'a Localized<Prose>>,
    ) -> Self {
        let emblem = context.website.event.emblem.as_ref();
        Self {
            name: name.text(context.language),
            emblem: emblem.map_or("", Svg::shapes),
            cover: None,
            video: None,
            transcripts: transcripts(context, folder, None, prose),
            told: Cell::new(0),
        }
    }

    pub(super) fn project(context: Context<'a>, project: &'a Project) -> Self {
        Self {
            emblem: project.emblem.as_ref().map_or("", Svg::shapes),
            cover: project.cover.as_ref(),
            video: project.video.as_ref(),
            transcripts: of_project(context, project),
            ..Self::page(context, &project.name, "", None)
        }
    }

    /// The player of its own film, if it has one that can be shown.
    pub(super) fn recording(&self, context: Context<'_>) -> Option<String> {
        let video = self.video?;
        let figure = if let Some(address) = video.address() {
            player(context, self, address).unwrap_or_default()
        } else {
            let file = File {
                path: &video.place,
                alt: self.name.to_owned(),
                medium: context.website.media.get(&video.place)?,
            };
            let player = film(context, &file)?;
            format!("<figure class=\"picture film\">{player}</figure>")
        };
        let said = self.transcript(context, &video.place, "h2");
        let is_there = !figure.is_empty() || !said.is_empty();
        is_there.then(|| format!("<div class=\"recording recording--head\">{figure}{said}</div>"))
    }

    /// What is said in a film, if it is the next of which that is told; headings are of this level.
    fn transcript(&self, context: Context<'_>, film: &str, heading: &str) -> String {
        let number = self.told.get();
        let next = self.transcripts.get(number).filter(|(it, _)| *it == film);
        let Some((_, transcript)) = next else {
            return String::new();
        };
        self.told.set(number + 1);
        let own = context.base_url.link(&format!("/{film}"));
        let address = |second| match Player::at(film, second) {
            elsewhere if film.contains("://") => elsewhere,
            _ => format!("{own}#t={second}"),
        };
        let label = escape_html(&context.labels.media.transcript);
        let words: usize = transcript.texts().map(str::len).sum();
        let open = if words > LONG { "" } else { " open" };
        let code = &*transcript.language;
        let lang = if context.code(context.language) == code {
            String::new()
        } else {
            format!(" dir=\"auto\" lang=\"{}\"", escape_html(code))
        };
        let text = paragraphs(transcript, heading, Some(number), address);
        format!(
            "<details class=\"transcript\"{open}><summary class=\"transcript__toggle\">{label}</summary>\
             <div class=\"transcript__text\"{lang}>{text}</div></details>"
        )
    }
}

/// The films of a page that have a transcript, in order.
pub(super) fn transcripts<'a>(
    context: Context<'a>,
    folder: &str,
    video: Option<&'a Material>,
    prose: Option<&'a Localized<Prose>>,
) -> Vec<(&'a str, &'a Transcript)> {
    let prose = prose.map(|it| it.get(context.language).value);
    let code = context.code(context.language);
    context.website.transcripts(folder, video, prose, code)
}

pub(super) fn of_project<'a>(
    context: Context<'a>,
    project: &'a Project,
) -> Vec<(&'a str, &'a Transcript)> {
    let (video, prose) = (project.video.as_ref(), project.prose.as_ref());
    transcripts(context, &project.folder(), video, prose)
}

/// What is said, each paragraph with a link to where it is heard, and with its fragment in the film of this number.
pub(super) fn paragraphs(
    transcript: &Transcript,
    heading: &str,
    film: Option<usize>,
    address: impl Fn(u32) -> String,
) -> String {
    let mut html = String::new();
    let mut taken = BTreeSet::new();
    let mut id = |second: u32| match film {
        Some(film) if taken.insert(second) => format!(" id=\"{}\"", second_id(film, second)),
        _ => String::new(),
    };
    let link = |second: u32| {
        let (href, time) = (escape_html(&address(second)), clock(second));
        format!("<a class=\"transcript__time\" href=\"{href}\">{time}</a>")
    };
    for chapter in &transcript.chapters {
        if !chapter.title.is_empty() {
            let (id, link) = (id(chapter.second), link(chapter.second));
            let title = escape_html(&chapter.title);
            let _ = write!(
                html,
                "<{heading} class=\"transcript__chapter\"{id}>{link} {title}</{heading}>"
            );
        }
        let mut before = "";
        for Paragraph { second, speaker, text } in &chapter.paragraphs {
            let (id, link, text) = (id(*second), link(*second), escape_html(text));
            let who = match speaker.as_str() {
                same if same == before => String::new(),
                other => format!("<b class=\"transcript__speaker\">{}</b> ", escape_html(other)),
            };
            before = speaker;
            let _ = write!(html, "<p class=\"transcript__paragraph\"{id}>{link} {who}{text}</p>");
        }
    }
    html
}

/// Writes what a text shows; `seen` counts what the page has shown so far.
pub(super) fn figure(
    context: Context<'_>,
    shown: &Shown,
    owner: &Owner<'_>,
    seen: &Cell<usize>,
) -> String {
    let with_transcript = |film: String| match owner.transcript(context, &shown.path, "h3") {
        said if said.is_empty() => film,
        said => format!("<div class=\"recording\">{film}{said}</div>"),
    };
    if let Some(player) = player(context, owner, &shown.path) {
        return with_transcript(player);
    }
    let is_folder = shown.path.ends_with('/');
    let files = files(context, shown);
    if let [file] = &files[..]
        && let Some(film) = film(context, file)
    {
        let caption = caption(&words(context, file, &shown.caption));
        return with_transcript(format!("<figure class=\"picture film\">{film}{caption}</figure>"));
    }
    if shown.place == Place::Inline && !is_folder {
        let images = files.iter().map(|it| it.image(context, IN_TEXT, true));
        return images.collect();
    }
    let is_alone = shown.place == Place::Alone && !is_folder;
    let (is_first, is_last) = match shown.place {
        Place::Gallery { is_first, is_last } => (is_first, is_last),
        _ => (true, true),
    };
    let (sizes, class) =
        if is_alone { (IN_TEXT, "picture picture--alone") } else { (IN_GALLERY, "picture") };
    let count = files.len();
    let mut html = String::new();
    for (index, file) in files.iter().enumerate() {
        let number = seen.replace(seen.get() + 1) + 1;
        let viewer = Viewer {
            number,
            previous: (index > 0 || !is_first).then_some(number - 1),
            next: (index + 1 < count || !is_last).then_some(number + 1),
            caption: &words(context, file, &shown.caption),
            large: file.image(context, "100vw", true),
        };
        let small = file.image(context, sizes, true);
        html += &viewer.figure(context, class, &small);
    }
    if is_folder {
        html = format!("<div class=\"gallery\">{html}</div>");
    }
    html
}

/// The picture at the head of an entry's page, which is seen first.
pub(super) fn cover(context: Context<'_>, cover: &Cover) -> Option<String> {
    let (file, caption) = cover_file(context, cover)?;
    let viewer = Viewer {
        number: 0,
        previous: None,
        next: None,
        caption: &words(context, &file, caption),
        large: file.image(context, "100vw", true),
    };
    let small = file.image(context, AT_HEAD, false);
    Some(viewer.figure(context, "picture project-hero__cover", &small))
}

/// What stands below a picture and beside it where it is large, as HTML: what it shows, and who made it.
fn words(context: Context<'_>, file: &File<'_>, caption: &str) -> String {
    let mut html = escape_html(caption);
    if let Some(credit) = context.website.credits.get(file.path) {
        let link = |text: &str, url: Option<String>, rel| match (escape_html(text), url) {
            (text, None) => text,
            (text, Some(url)) => {
                format!("<a rel=\"{rel}\" href=\"{}\">{text}</a>", escape_html(&url))
            }
        };
        let creator = credit.creator.text(context.language);
        let creator = link(creator, credit.url.clone(), "author");
        let licence = credit.licence.as_deref().map_or(String::new(), |it| {
            let name = it.trim_start_matches("https://");
            format!(", {}", link(name, credit.licence_url(), "license"))
        });
        let pattern = escape_html(&context.labels.media.credit);
        let made = fill(&pattern, &[("creator", &(creator + &licence))]);
        let _ = write!(html, "<span class=\"picture__credit\">{made}</span>");
    }
    html
}

fn caption(words: &str) -> String {
    match words {
        "" => String::new(),
        words => format!("<figcaption class=\"picture__caption\">{words}</figcaption>"),
    }
}

/// The still of a film on another site, from which nothing is fetched until somebody asks; nothing for an address of
/// anything else.
fn player(context: Context<'_>, owner: &Owner<'_>, address: &str) -> Option<String> {
    let player = Player::of(address)?;
    let labels = &context.labels.media;
    let below = caption(&fill(&labels.elsewhere, &[("host", &player.site)]));
    let play = escape_html(&fill(&labels.play, &[("name", owner.name)]));
    let (address, name) = (escape_html(address), escape_html(owner.name));
    let embed = escape_html(&player.embed(player.start));
    let cover = owner.cover.and_then(|it| cover_file(context, it));
    let cover = cover.map(|(it, _)| image(context.base_url, it.path, it.medium, "", IN_TEXT, true));
    let emblem = match owner.emblem {
        _ if let Some(cover) = cover => cover,
        "" => String::new(),
        shapes => format!(
            "<svg class=\"emblem film__emblem\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">{shapes}</svg>"
        ),
    };
    Some(format!(
        "<figure class=\"picture film\">\
         <a class=\"film__still\" href=\"{address}\" data-player=\"{embed}\" aria-label=\"{play}\">\
         {emblem}<svg class=\"film__play\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">\
         <circle cx=\"6\" cy=\"6\" r=\"6\"/><path d=\"M4.5 3.2v5.6L9.3 6z\"/></svg>\
         <span class=\"film__name\">{name}</span></a>{below}</figure>"
    ))
}

/// The player of a film or of sound, with the captions that lie beside it; nothing for anything else. It loads nothing
/// until somebody asks.
fn film(context: Context<'_>, file: &File<'_>) -> Option<String> {
    let Medium::File(_) = file.medium else {
        return None;
    };
    let (_, ending) = file.path.rsplit_once('.')?;
    let element =
        served_as(ending)?.split('/').next().filter(|it| ["video", "audio"].contains(it))?;
    let link = |path: &str| escape_html(&context.base_url.link(&format!("/{path}")));
    let mut tracks = String::new();
    for beside in captions(&context.website.media, file.path) {
        let kind = if beside.are_chapters { "chapters" } else { "captions" };
        let code = beside.language.unwrap_or(context.code(context.language));
        let (src, name) = (link(beside.path), escape_html(own_name(code)));
        let code = escape_html(code);
        let _ = write!(
            tracks,
            "<track kind=\"{kind}\" srclang=\"{code}\" label=\"{name}\" src=\"{src}\">"
        );
    }
    let (src, alt) = (link(file.path), escape_html(&file.alt));
    Some(format!(
        "<{element} controls preload=\"none\" aria-label=\"{alt}\" src=\"{src}\">{tracks}\
         <a href=\"{src}\">{alt}</a></{element}>"
    ))
}

/// A picture over the whole page.
struct Viewer<'a> {
    number: usize,
    previous: Option<usize>,
    next: Option<usize>,
    caption: &'a str,
    large: String,
}

impl Viewer<'_> {
    /// The picture as it stands in the page, with itself over it.
    fn figure(&self, context: Context<'_>, class: &str, small: &str) -> String {
        let (number, viewer) = (self.number, self.html(context.labels));
        let below = caption(self.caption);
        format!(
            "<figure class=\"{class}\" id=\"picture-{number}\">\
             <a class=\"picture__link\" href=\"#view-{number}\">{small}</a>{viewer}{below}</figure>"
        )
    }

    fn html(&self, labels: &Labels) -> String {
        let labels = &labels.media;
        let step = |number: Option<usize>, label: &str, sign| match number {
            Some(number) => {
                let label = escape_html(label);
                format!(
                    "<a class=\"viewer__step\" href=\"#view-{number}\" aria-label=\"{label}\">{sign}</a>"
                )
            }
            None => "<span class=\"viewer__step\"></span>".to_owned(),
        };
        let Self { number, caption, large, .. } = self;
        let (previous, next) =
            (step(self.previous, &labels.previous, "←"), step(self.next, &labels.next, "→"));
        let close = escape_html(&labels.close);
        format!(
            "<div class=\"viewer\" id=\"view-{number}\"><div class=\"viewer__picture\">{large}</div>\
             <p class=\"viewer__caption\">{caption}</p><p class=\"viewer__steps\">{previous}\
             <a class=\"viewer__step\" href=\"#picture-{number}\">{close}</a>{next}</p></div>"
        )
    }
}

/// The same for a reader who takes the text elsewhere, such as by way of a feed: one size, under its whole address.
pub(super) fn elsewhere(context: Context<'_>, shown: &Shown) -> String {
    if Player::of(&shown.path).is_some() {
        let address = escape_html(&shown.path);
        return format!("<p><a href=\"{address}\">{address}</a></p>");
    }
    let files = files(context, shown);
    if shown.place == Place::Inline {
        return files.iter().map(|it| it.elsewhere(context)).collect();
    }
    figure_elsewhere(context, &files, &shown.caption)
}

pub(super) fn cover_elsewhere(context: Context<'_>, cover: &Cover) -> String {
    let found = cover_file(context, cover);
    let figure = found.map(|(file, caption)| figure_elsewhere(context, &[file], caption));
    figure.unwrap_or_default()
}

fn figure_elsewhere(context: Context<'_>, files: &[File<'_>], caption: &str) -> String {
    let mut html = String::new();
    let mut captions = String::new();
    for file in files {
        html += &file.elsewhere(context);
        let words = words(context, file, caption);
        if !captions.contains(&words) {
            let _ = write!(captions, "<figcaption>{words}</figcaption>");
        }
    }
    format!("<figure>{html}{captions}</figure>")
}

fn size(medium: &Medium) -> String {
    let size = medium.size();
    size.map_or(String::new(), |(w, h)| format!(" width=\"{w}\" height=\"{h}\""))
}

/// A file that is shown.
struct File<'a> {
    path: &'a str,
    alt: String,
    medium: &'a Medium,
}

impl File<'_> {
    fn elsewhere(&self, context: Context<'_>) -> String {
        let Self { path, alt, medium } = self;
        let src = escape_html(&context.base_url.absolute(&medium.address(path)));
        let alt = escape_html(alt);
        match medium {
            Medium::File(_) => format!("<a href=\"{src}\">{alt}</a>"),
            _ => format!("<img src=\"{src}\" alt=\"{alt}\"{}>", size(medium)),
        }
    }

    fn image(&self, context: Context<'_>, sizes: &str, is_lazy: bool) -> String {
        let Self { path, alt, medium } = self;
        image(context.base_url, path, medium, alt, sizes, is_lazy)
    }
}

/// A picture as it is told to machines.
pub(super) struct Told<'a> {
    /// Whole.
    pub address: String,
    pub size: Option<(u32, u32)>,
    pub alt: String,
    pub caption: &'a str,
    pub credit: Option<&'a Credit>,
}

/// The pictures of a page: its cover, and those of its text.
pub(super) fn told<'a>(
    context: Context<'a>,
    cover: Option<&'a Cover>,
    prose: Option<&'a Localized<Prose>>,
) -> Vec<Told<'a>> {
    let prose = prose.map(|it| it.get(context.language).value);
    let shown = prose.into_iter().flat_map(Prose::shown);
    let shown = shown.flat_map(|it| {
        let files = files(context, it).into_iter();
        files.map(|file| (file, it.caption.as_str()))
    });
    let cover = cover.and_then(|it| cover_file(context, it));
    let pictures = cover.into_iter().chain(shown);
    let pictures = pictures.filter(|(file, _)| !matches!(file.medium, Medium::File(_)));
    let told = pictures.map(|(file, caption)| Told {
        address: context.base_url.absolute(&file.medium.address(file.path)),
        size: file.medium.size(),
        credit: context.website.credits.get(file.path).map(|it| &**it),
        alt: file.alt,
        caption,
    });
    told.collect()
}

/// The file of a cover, and its caption.
fn cover_file<'a>(context: Context<'a>, cover: &'a Cover) -> Option<(File<'a>, &'a str)> {
    let words = |it: Option<&'a Localized<String>>| it.map_or("", |it| it.text(context.language));
    let file = File {
        path: &cover.file.path,
        alt: words(cover.alt.as_ref()).to_owned(),
        medium: cover.file.medium.as_ref()?,
    };
    Some((file, words(cover.caption.as_ref())))
}

/// What is shown: a file, or those of a folder in the order of their names.
fn files<'a>(context: Context<'a>, shown: &'a Shown) -> Vec<File<'a>> {
    let Shown { path, alt, .. } = shown;
    let is_folder = path.ends_with('/');
    let inside = within(&context.website.media, path);
    let inside = inside.take_while(|(it, _)| is_folder || it == path);
    let files = (1..).zip(inside).map(|(number, (path, medium))| File {
        path,
        alt: if is_folder { format!("{alt} {number}") } else { alt.clone() },
        medium,
    });
    files.collect()
}

/// A picture with all its sizes; `sizes` says how wide it is shown, as in HTML.
pub(super) fn image(
    base_url: &BaseUrl,
    path: &str,
    medium: &Medium,
    alt: &str,
    sizes: &str,
    is_lazy: bool,
) -> String {
    let src = escape_html(&base_url.link(&medium.address(path)));
    let size = size(medium);
    let loading = if is_lazy { " loading=\"lazy\"" } else { "" };
    let alt = escape_html(alt);
    let rest = format!(" alt=\"{alt}\"{size}{loading} decoding=\"async\">");
    let Medium::Picture(original) = medium else {
        return format!("<img src=\"{src}\"{rest}");
    };
    let all = original.raster.sizes();
    if all.len() == 1 && !original.raster.has_avif() {
        return format!("<img src=\"{src}\"{rest}");
    }
    let set = |is_avif| {
        let each = all.iter().map(|(width, _)| {
            let address = base_url.link(&original.address(*width, is_avif));
            format!("{} {width}w", escape_html(&address))
        });
        let set = each.collect::<Vec<_>>().join(", ");
        format!(" srcset=\"{set}\" sizes=\"{sizes}\"")
    };
    let img = format!("<img src=\"{src}\"{}{rest}", set(false));
    if original.raster.has_avif() {
        format!("<picture><source type=\"image/avif\"{}>{img}</picture>", set(true))
    } else {
        img
    }
}
