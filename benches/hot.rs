//! The hot functions, each by itself, on the shipped content: `cargo bench --bench hot`, or with a part of a name.
//!
//! What a start, an edit and an export are made of comes first, what a request costs without the network comes last.

use std::{collections::BTreeSet, hint::black_box, path::Path};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use showcase::{
    assets::{Assets, fonts, lettering},
    content::{self, ContentDir, Drafts},
    model::Website,
    render::{self, BaseUrl},
    serve::{CurrentSite, Options, serve_connection},
    site::{CachePolicy, CompressionCache, ContentType, Lookup, Resource, Site},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, duplex},
    runtime::{Builder, Runtime},
};

const URL: &str = "http://127.0.0.1:3000/";
const PAGE: &str = "/projects/rrc/";

criterion_group!(benches, build, parts, answer);
criterion_main!(benches);

/// From files to a site.
fn build(criterion: &mut Criterion) {
    let assets = Assets::default();
    criterion.bench_function("load the shipped content", |bencher| {
        bencher.iter(|| content::load(black_box(&folder()), Drafts::Hide));
    });
    let website = website();
    let place = BaseUrl::new(URL);
    let render = |website| render::render(website, &place, &assets).expect("templates");
    // The first time cuts the fonts, which every later one finds.
    let rendered = render(website.clone());
    criterion.bench_function("plan the site of the shipped content", |bencher| {
        let again = || website.clone();
        bencher.iter_batched(again, render, BatchSize::LargeInput);
    });
    criterion.bench_function("write the pages of the shipped content", |bencher| {
        let outputs = black_box(&rendered).outputs.iter();
        bencher.iter(|| outputs.clone().filter_map(written).map(|it| it.len()).sum::<usize>());
    });
    criterion.bench_function("assemble the site", |bencher| {
        let again = || rendered.clone();
        bencher.iter_batched(again, Site::from_rendered, BatchSize::LargeInput);
    });
}

/// What is costly, and therefore kept by the hash of what it is made from.
fn parts(criterion: &mut Criterion) {
    let page = page(&site());
    criterion.bench_function("compress a page", |bencher| {
        let fresh = || {
            let (html, policy) = (ContentType::HTML, CachePolicy::Revalidate);
            let resource = Resource::new(html, policy, page.clone());
            (resource, CompressionCache::default())
        };
        let compress = |(resource, cache): (Resource, CompressionCache)| {
            resource.compress(&cache);
            resource
        };
        bencher.iter_batched(fresh, compress, BatchSize::SmallInput);
    });
    let text = String::from_utf8(page.clone()).expect("UTF-8");
    let characters: BTreeSet<char> = text.chars().collect();
    criterion.bench_function("cut the font for a page", |bencher| {
        bencher.iter(|| fonts::subset(black_box(&characters), None));
    });
    criterion.bench_function("draw one lettering", |bencher| {
        bencher.iter(|| lettering::lettering(black_box("록"), None));
    });
}

/// From a request to its answer.
fn answer(criterion: &mut Criterion) {
    let site = site();
    criterion.bench_function("look up a path", |bencher| {
        bencher.iter(|| matches!(site.lookup(black_box(PAGE)), Lookup::Found(_)));
    });
    for (name, query) in [
        ("search for a word", "q=%EC%B2%B4%EC%9D%B8"),
        ("search by initial consonants", "q=%E3%85%82%E3%84%B9%E3%85%8A%E3%85%87"),
    ] {
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| site.search("/search/", black_box(query)).expect("results"));
        });
    }
    let cache = CompressionCache::default();
    for resource in site.resources() {
        resource.compress(&cache);
    }
    let runtime = runtime();
    let (mut reader, stream) = duplex(1 << 20);
    let current = CurrentSite::new(site);
    runtime.spawn(serve_connection(stream, current, Options::default()));
    let mut answer = vec![0; 1 << 20];
    for (name, accepted) in [
        ("answer a page, brotli", "gzip, deflate, br, zstd"),
        ("answer a page, gzip for its weight", "br;q=0.5, gzip"),
        ("answer a page, identity", "identity"),
    ] {
        let request =
            format!("GET {PAGE} HTTP/1.1\r\nhost: a\r\naccept-encoding: {accepted}\r\n\r\n");
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| {
                runtime.block_on(async {
                    reader.write_all(request.as_bytes()).await.expect("open");
                    // The thread comes back here once the server has written all of it.
                    let read = reader.read(&mut answer).await.expect("an answer");
                    assert!(answer[..read].starts_with(b"HTTP/1.1 200 "));
                });
            });
        });
    }
}

fn folder() -> ContentDir {
    ContentDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("content"))
}

fn website() -> Website {
    let (website, diagnostics) = content::load(&folder(), Drafts::Hide).expect("the folder");
    website.unwrap_or_else(|| panic!("{}", diagnostics.text(false)))
}

fn site() -> Site {
    let rendered = render::render(website(), &BaseUrl::new(URL), &Assets::default());
    Site::from_rendered(rendered.expect("templates")).expect("a site")
}

/// The text of a file that is written when it is asked for.
fn written(output: &render::Output) -> Option<Vec<u8>> {
    match &output.body {
        render::Body::Written(writing) => Some(writing.write()),
        render::Body::Ready(_) | render::Body::Drawn(_) | render::Body::Stored(_) => None,
    }
}

fn page(site: &Site) -> Vec<u8> {
    match site.lookup(PAGE) {
        Lookup::Found(resource) => resource.body().to_vec(),
        other => panic!("no page at {PAGE}: {other:?}"),
    }
}

/// One thread, so that nothing but the answer is measured.
fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().expect("a runtime of one thread")
}
