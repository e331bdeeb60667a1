//! Films that are on another site: which addresses lead to one, and where its player is.

/// A film on another site, whose player a page can show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Player {
    /// What readers know the site by.
    pub site: String,
    /// Scheme and host that the player is loaded from, as a policy names them.
    pub origin: String,
    /// The second at which the address begins.
    pub start: u32,
    /// The addresses of the player and of the film's page, each up to the second and behind it.
    embed: (String, &'static str),
    page: (String, &'static str),
}

impl Player {
    pub fn of(address: &str) -> Option<Self> {
        let (scheme, rest) = address.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = rest.split_once('/')?;
        let host = host.to_ascii_lowercase();
        let is_label = |it: &str| is_id(it) && !it.starts_with('-') && !it.contains('_');
        let is_name = |(name, end): (&str, &str)| {
            name.split('.').all(is_label)
                && end.len() > 1
                && end.bytes().all(|it| it.is_ascii_alphabetic())
        };
        let (name, port) = host.split_once(':').unwrap_or((&host, "443"));
        if !["http", "https"].contains(&&*scheme)
            || !name.rsplit_once('.').is_some_and(is_name)
            || port.is_empty()
            || !port.bytes().all(|it| it.is_ascii_digit())
        {
            return None;
        }
        let given = |name: &str| {
            let mut pairs = query.split('&').chain(fragment.split('&'));
            pairs.find_map(|it| it.strip_prefix(name)?.strip_prefix('='))
        };
        let start = ["t", "start", "time_continue"].into_iter();
        let start = start.filter_map(given).find_map(seconds).unwrap_or(0);
        let parts: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
        let short = ["www.", "m."].iter().find_map(|it| host.strip_prefix(it));
        let player = |site: &str, origin: &str, embed, page| Self {
            site: site.to_owned(),
            origin: origin.to_owned(),
            start,
            embed,
            page,
        };
        let youtube = |id: &str| {
            let origin = "https://www.youtube-nocookie.com";
            let embed = format!("{origin}/embed/{id}?autoplay=1&start=");
            let page = format!("https://www.youtube.com/watch?v={id}&t=");
            let is_film = is_id(id) && !["videoseries", "live_stream"].contains(&id);
            is_film.then(|| player("YouTube", origin, (embed, ""), (page, "s")))
        };
        let vimeo = |id: &str, key: Option<&str>| {
            let origin = "https://player.vimeo.com";
            let (own, shared) =
                key.map_or_else(Default::default, |key| (format!("&h={key}"), format!("/{key}")));
            let embed = format!("{origin}/video/{id}?dnt=1&autoplay=1{own}#t=");
            let page = format!("https://vimeo.com/{id}{shared}#t=");
            let is_film = id.bytes().all(|it| it.is_ascii_digit()) && key.is_none_or(is_id);
            is_film.then(|| player("Vimeo", origin, (embed, "s"), (page, "s")))
        };
        match (short.unwrap_or(&host), &parts[..]) {
            ("youtube.com", ["watch"]) => youtube(given("v")?),
            ("youtube.com" | "youtube-nocookie.com", ["shorts" | "live" | "embed" | "v", id])
            | ("youtu.be", [id]) => youtube(id),
            ("player.vimeo.com", ["video", id])
            | ("vimeo.com", [id] | ["channels", _, id] | ["groups", _, "videos", id]) => {
                vimeo(id, given("h"))
            }
            ("vimeo.com", [id, key]) => vimeo(id, Some(key)),
            ("media.ccc.de", ["v", slug]) => {
                let origin = "https://media.ccc.de";
                let page = format!("{origin}/v/{slug}");
                let is_film = slug.split(['.', '%', '\'']).all(|it| it.is_empty() || is_id(it));
                let embed = (format!("{page}/oembed#t="), "");
                is_film.then(|| player(&host, origin, embed, (page + "#t=", "")))
            }
            // PeerTube is on many hosts, and known by its paths.
            (_, ["w", id] | ["videos", "watch", id]) if is_id(id) && scheme == "https" => {
                let origin = format!("{scheme}://{host}");
                let embed = format!("{origin}/videos/embed/{id}?autoplay=1&p2p=0&start=");
                let page = format!("{origin}/{path}?start=");
                Some(player(&host, &origin, (embed, ""), (page, "")))
            }
            _ => None,
        }
    }

    /// The address of the player, which begins at a second.
    pub fn embed(&self, second: u32) -> String {
        let (before, behind) = &self.embed;
        format!("{before}{second}{behind}")
    }

    /// The address at which a film is seen from a second on.
    pub fn at(address: &str, second: u32) -> String {
        let found = Self::of(address).map(|it| it.page);
        let (before, behind) = found.unwrap_or_else(|| {
            let (whole, _) = address.split_once('#').unwrap_or((address, ""));
            (format!("{whole}#t="), "")
        });
        format!("{before}{second}{behind}")
    }
}

fn is_id(text: &str) -> bool {
    let may_stand = |it: u8| it.is_ascii_alphanumeric() || b"-_".contains(&it);
    (1..=64).contains(&text.len()) && text.bytes().all(may_stand)
}

/// A time as addresses give it: `83`, `83s` or `1h2m3s`.
fn seconds(text: &str) -> Option<u32> {
    let (mut total, mut number) = (0_u32, 0_u32);
    for it in text.chars() {
        let unit = match it {
            '0'..='9' => {
                number = number.checked_mul(10)?.checked_add(it.to_digit(10)?)?;
                continue;
            }
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        total = total.checked_add(number.checked_mul(unit)?)?;
        number = 0;
    }
    total.checked_add(number)
}
