//! Every page and file of a site, in one list.
//!
//! Rendering, navigation, sitemap, preview cards, search, and the checks of links, aliases and permalinks all read it.
//! It is made from an [`Outline`], which a check knows before there is a whole website.

use std::collections::BTreeSet;

use super::{Entries, Labels, Website};

pub const HOME: &str = "/";
pub const SCHEDULE: &str = "/schedule/";
pub const PEOPLE: &str = "/people/";
pub const TOPICS: &str = "/topics/";
pub const GLOSSARY: &str = "/glossary/";
pub const ABOUT: &str = "/about/";
pub const SEARCH: &str = "/search/";

pub const FEED: &str = "/feed.xml";
pub const CALENDAR: &str = "/event.ics";
pub const MANIFEST: &str = "/site.webmanifest";
pub const ROBOTS: &str = "/robots.txt";
pub const SITEMAP: &str = "/sitemap.xml";
pub const SEARCH_INDEX: &str = "/search.json";

pub const FAVICON: &str = "/favicon.svg";
pub const FAVICON_ICO: &str = "/favicon.ico";
pub const TOUCH_ICON: &str = "/apple-touch-icon.png";
pub const ICON_192: &str = "/icon-192.png";
pub const ICON_512: &str = "/icon-512.png";
pub const MASKABLE_ICON: &str = "/icon-maskable-512.png";

/// The files that there is one of for the whole site.
const SHARED: [(Kind, &str); 9] = [
    (Kind::Robots, ROBOTS),
    (Kind::Sitemap, SITEMAP),
    (Kind::SearchIndex, SEARCH_INDEX),
    (Kind::Icon, FAVICON),
    (Kind::Icon, FAVICON_ICO),
    (Kind::Icon, TOUCH_ICON),
    (Kind::Icon, ICON_192),
    (Kind::Icon, ICON_512),
    (Kind::Icon, MASKABLE_ICON),
];

/// Projects on one page of a list; a meetup fits one.
pub const PAGE_SIZE: usize = 60;

/// The list of all entries.
pub fn projects(entries: Entries) -> String {
    format!("/{}/", entries.folder())
}

pub fn projects_json(entries: Entries) -> String {
    format!("/{}.json", entries.folder())
}

pub fn project(entries: Entries, slug: &str) -> String {
    format!("/{}/{slug}/", entries.folder())
}

pub fn project_json(entries: Entries, slug: &str) -> String {
    project(entries, slug) + "index.json"
}

pub fn project_markdown(entries: Entries, slug: &str) -> String {
    project(entries, slug) + "index.md"
}

pub fn project_calendar(entries: Entries, slug: &str) -> String {
    project(entries, slug) + "event.ics"
}

pub fn person(slug: &str) -> String {
    format!("{PEOPLE}{slug}/")
}

pub fn page(slug: &str) -> String {
    format!("/{slug}/")
}

/// The path of the page that a file of content belongs to, by the folder that it stands in.
pub fn page_of(file: &str) -> String {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("/{}/", folder.strip_prefix("pages/").unwrap_or(folder))
}

pub fn topic(id: &str) -> String {
    format!("{TOPICS}{id}/")
}

pub fn term(id: &str) -> String {
    format!("{GLOSSARY}#{id}")
}

/// How many pages a list of so many projects fills; one at least.
pub fn page_count(projects: usize) -> usize {
    projects.div_ceil(PAGE_SIZE).max(1)
}

/// The path of a page of a list, counted from 1; the first has the list's own.
pub fn list_page(list: &str, page: usize) -> String {
    match page {
        1 => list.to_owned(),
        page => format!("{list}page/{page}/"),
    }
}

/// Whether there is one in every language at a path, and not one for the whole site.
pub fn is_in_every_language(path: &str) -> bool {
    !SHARED.iter().any(|(_, shared)| *shared == path)
}

/// What is at a path. Projects, people and topics are numbered as in the [`Outline`], pages of lists from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Home,
    Projects { page: usize },
    Schedule,
    People,
    Topics,
    Glossary,
    Search,
    Project(usize),
    Person(usize),
    Page(usize),
    Topic { topic: usize, page: usize },
    Feed,
    Calendar,
    Manifest,
    ProjectsJson,
    ProjectJson(usize),
    ProjectMarkdown(usize),
    ProjectCalendar(usize),
    Robots,
    Sitemap,
    SearchIndex,
    Icon,
}

/// A page or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    pub kind: Kind,
    /// The path without a language.
    pub path: String,
    /// Whether only a preview shows it.
    pub is_draft: bool,
}

impl Route {
    /// Whether it is a page for readers; all others are files for machines.
    pub fn is_page(&self) -> bool {
        self.path.ends_with('/')
    }

    /// Whether it may never vanish once it was published: `permalinks.lock` lists it. People link pages, and subscribe
    /// to some files or build on them; what stands on a later page of a list moves with every new project.
    pub fn is_permanent(&self) -> bool {
        match self.kind {
            Kind::Feed | Kind::Calendar | Kind::ProjectsJson => true,
            Kind::Projects { page } | Kind::Topic { page, .. } => page == 1 && !self.is_draft,
            _ => self.is_page() && !self.is_draft,
        }
    }

    pub fn is_in_sitemap(&self) -> bool {
        self.is_page() && !self.is_draft
    }

    /// Whether messengers show a picture beside a link to it.
    pub fn has_card(&self) -> bool {
        self.is_page()
    }

    /// Whether it is there only for a site that publishes its data.
    pub fn is_data(&self) -> bool {
        use Kind::{ProjectJson, ProjectMarkdown, ProjectsJson};
        matches!(self.kind, ProjectsJson | ProjectJson(_) | ProjectMarkdown(_))
    }

    /// Whether menu and footer can lead to it.
    pub fn is_part(&self) -> bool {
        use Kind::{Glossary, Home, Page, People, Projects, Schedule, Search, Topics};
        match self.kind {
            Home | Schedule | People | Topics | Glossary | Search | Page(_) => true,
            Projects { page } => page == 1,
            _ => false,
        }
    }

    /// What menu and footer of event.yaml call a part.
    pub fn name(&self) -> String {
        let name = self.path.trim_matches('/');
        match self.kind {
            Kind::Home => "home".to_owned(),
            Kind::Page(_) if self.path != ABOUT => format!("pages/{name}"),
            _ => name.to_owned(),
        }
    }

    /// What the navigation calls it; `None` for what it leaves out unless it is told, or does not lead to.
    pub fn navigation_label<'a>(&self, labels: &'a Labels) -> Option<&'a str> {
        let site = &labels.site;
        match self.kind {
            Kind::Home => Some(&site.home),
            Kind::Projects { page: 1 } => Some(&labels.entries.menu),
            Kind::Schedule => Some(&labels.schedule.title),
            Kind::People => Some(&labels.people.title),
            Kind::Topics => Some(&site.topics),
            Kind::Glossary => Some(&site.glossary),
            Kind::Page(_) if self.path == ABOUT => Some(&site.about),
            Kind::Search => Some(&site.search),
            _ => None,
        }
    }

    /// The content that a page is written from: a file, or a folder with a text in each language. `None` for what is
    /// made from all of it.
    pub fn source(&self) -> Option<String> {
        Some(match self.kind {
            Kind::Home => "recap/".to_owned(),
            Kind::Topics | Kind::Topic { .. } => "topics.yaml".to_owned(),
            Kind::Glossary => "glossary.yaml".to_owned(),
            Kind::Page(_) => format!("pages{}", self.path),
            Kind::Project(_) | Kind::Person(_) => self.path.trim_start_matches('/').to_owned(),
            _ => return None,
        })
    }
}

/// What the routes of a site are made of.
#[derive(Clone, Debug, Default)]
pub struct Outline<'a> {
    pub entries: Entries,
    pub has_glossary: bool,
    /// The slug of each project, and whether it is a draft.
    pub projects: Vec<(&'a str, bool)>,
    /// The slugs of those that have a time.
    pub timed: BTreeSet<&'a str>,
    /// Whether anything else has one.
    pub has_slots: bool,
    /// The id of each person, and whether all that they presented are drafts.
    pub people: Vec<(&'a str, bool)>,
    /// The slug of each page of its own.
    pub pages: Vec<&'a str>,
    /// The id of each topic, and how many projects carry it.
    pub topics: Vec<(&'a str, usize)>,
}

impl Outline<'_> {
    /// The routes, those of the navigation first and in its order.
    pub fn routes(&self) -> Vec<Route> {
        let route = |kind, path: &str| Route { kind, path: path.to_owned(), is_draft: false };
        let list = projects(self.entries);
        let has_projects = !self.projects.is_empty();
        let has_published = self.projects.iter().any(|(_, is_draft)| !is_draft);
        let mut timed = self.projects.iter().filter(|(slug, _)| self.timed.contains(slug));
        let has_published_times = self.has_slots || timed.clone().any(|(_, is_draft)| !is_draft);
        let has_times = has_published_times || timed.next().is_some();
        let about = self.pages.iter().position(|it| page(it) == ABOUT);
        let optional = [
            (true, Kind::Home, HOME),
            (has_projects, Kind::Projects { page: 1 }, &list),
            (has_times, Kind::Schedule, SCHEDULE),
            (!self.people.is_empty(), Kind::People, PEOPLE),
            (!self.topics.is_empty(), Kind::Topics, TOPICS),
            (self.has_glossary, Kind::Glossary, GLOSSARY),
            (about.is_some(), Kind::Page(about.unwrap_or_default()), ABOUT),
            (true, Kind::Search, SEARCH),
            (true, Kind::Feed, FEED),
            (true, Kind::Calendar, CALENDAR),
            (true, Kind::Manifest, MANIFEST),
            (has_published, Kind::ProjectsJson, &projects_json(self.entries)),
        ];
        let there = optional.into_iter().filter(|(is_there, ..)| *is_there);
        let mut routes: Vec<Route> = there.map(|(_, kind, path)| route(kind, path)).collect();
        // A list of drafts alone is no more to be seen than they are.
        for route in &mut routes {
            route.is_draft = match route.kind {
                Kind::Projects { .. } => !has_published,
                Kind::People => self.people.iter().all(|(_, is_draft)| *is_draft),
                Kind::Schedule => !has_published_times,
                _ => false,
            };
        }
        let others = self.pages.iter().enumerate().map(|(index, slug)| (index, page(slug)));
        let others = others.filter(|(_, path)| path != ABOUT);
        let others = others.map(|(index, path)| route(Kind::Page(index), &path));
        // Behind what else is linked on every page.
        let end = routes.iter().take_while(|it| it.is_part()).count();
        routes.splice(end..end, others);
        routes.extend(SHARED.map(|(kind, path)| route(kind, path)));
        for page in 2..=page_count(self.projects.len()) {
            routes.push(route(Kind::Projects { page }, &list_page(&list, page)));
        }
        for (index, &(slug, is_draft)) in self.projects.iter().enumerate() {
            routes.push(Route {
                is_draft,
                ..route(Kind::Project(index), &project(self.entries, slug))
            });
            if !is_draft {
                routes.push(route(Kind::ProjectJson(index), &project_json(self.entries, slug)));
                routes.push(route(
                    Kind::ProjectMarkdown(index),
                    &project_markdown(self.entries, slug),
                ));
                if self.timed.contains(slug) {
                    let path = project_calendar(self.entries, slug);
                    routes.push(route(Kind::ProjectCalendar(index), &path));
                }
            }
        }
        for (index, &(slug, is_draft)) in self.people.iter().enumerate() {
            routes.push(Route { is_draft, ..route(Kind::Person(index), &person(slug)) });
        }
        for (index, &(id, projects)) in self.topics.iter().enumerate() {
            for page in 1..=page_count(projects) {
                let kind = Kind::Topic { topic: index, page };
                routes.push(route(kind, &list_page(&topic(id), page)));
            }
        }
        routes
    }
}

impl Website {
    /// Every page and file; projects, people, pages and topics are numbered as here.
    pub fn routes(&self) -> Vec<Route> {
        let projects = self.projects.iter();
        let topics = self.topics.iter();
        let outline = Outline {
            entries: self.event.entries,
            has_glossary: !self.glossary.is_empty(),
            timed: {
                let timed = projects.clone().filter(|it| it.start.is_some());
                timed.map(|it| &*it.slug).collect()
            },
            has_slots: !self.slots.is_empty(),
            projects: projects.map(|it| (&*it.slug, it.draft)).collect(),
            pages: self.pages.iter().map(|it| &*it.slug).collect(),
            people: self.people.iter().map(|it| (&*it.slug, it.is_draft)).collect(),
            topics: topics.map(|it| (&*it.id, self.projects_of(&it.id).count())).collect(),
        };
        outline.routes()
    }
}

/// Whether a first segment of paths belongs to a part of some site, so that no page and no language may take it.
pub fn is_section(name: &str) -> bool {
    ["glossary", "people", "schedule", "topics"].contains(&name)
        || Entries::of_folder(name).is_some()
}

/// First segments of paths that the server answers itself, under which an export keeps files of its own, or which hosts
/// read as something else than pages.
const RESERVED: [&str; 11] = [
    "404.html",
    "assets",
    "cname",
    "functions",
    "healthz",
    "index.html",
    "netlify.toml",
    "readyz",
    "search",
    "vercel.json",
    "wrangler.toml",
];

/// Ends of the names of smaller forms, which stand beside any file of an export.
const COMPRESSED: [&str; 3] = [".br", ".gz", ".zst"];

/// Whether a name is one that pages had on an older site, and no file of this one.
fn is_old_file(name: &str) -> bool {
    let end = name.rsplit('.').next().unwrap_or_default();
    ["html", "htm", "php", "asp"].contains(&end) && name != "index.html"
}

/// Whether nothing else may stand at a path, since an export could not write both: it is reserved, or lies where files
/// are. `is_route` tells whether a path is one of the site's routes.
pub fn is_taken(path: &str, is_route: impl Fn(&str) -> bool) -> bool {
    let mut segments = path.trim_matches('/').split('/');
    let first = segments.next().unwrap_or_default();
    // Pictures and data of a project or a person lie in the folder of its page.
    let is_beside_page = (["topics", "people"].contains(&first)
        || Entries::of_folder(first).is_some())
        && segments.any(|it| it.contains('.') && !is_old_file(it));
    // A large sitemap has parts: `sitemap-2.xml`.
    let is_sitemap = first.starts_with("sitemap-") && first.rsplit('.').next() == Some("xml");
    // `.git`, `.htaccess` and `.well-known` mean something wherever they stand, `_worker.js` and `_headers` to hosts.
    let is_special =
        |it: &str| it.starts_with('.') || COMPRESSED.iter().any(|end| it.ends_with(end));
    is_beside_page
        || is_sitemap
        || first.starts_with('_')
        || RESERVED.contains(&first.to_lowercase().as_str())
        || path.split('/').any(is_special)
        || path.contains("/index.html/")
        || is_route(&format!("/{first}"))
}
