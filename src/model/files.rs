//! The files for machines that a site has besides its pages, by their paths without a language.

/// The meetup for calendars.
pub const CALENDAR: &str = "/event.ics";
/// News for feed readers.
pub const FEED: &str = "/feed.xml";
/// The facts of every project.
pub const PROJECTS: &str = "/projects.json";
/// What a browser needs to install the site.
pub const MANIFEST: &str = "/site.webmanifest";
/// What crawlers may read.
pub const ROBOTS: &str = "/robots.txt";
/// The list of pages for search engines.
pub const SITEMAP: &str = "/sitemap.xml";

/// The files that every language has one of.
pub const IN_EVERY_LANGUAGE: [&str; 4] = [CALENDAR, FEED, PROJECTS, MANIFEST];
/// The files that there is one of, whatever the language.
pub const SHARED: [&str; 2] = [ROBOTS, SITEMAP];
/// The files, in every language, that people subscribe to or build on: their addresses are kept.
pub const KEPT: [&str; 3] = [CALENDAR, FEED, PROJECTS];
/// A project's page as data, in the folder of the page.
pub const DATA_OF_PAGE: &str = "index.json";
/// A project's page as Markdown, in the folder of the page.
pub const MARKDOWN_OF_PAGE: &str = "index.md";
