//! Faults of YAML files: their syntax, their keys, their values.

use crate::support::{Content, plant, problems};

#[test]
fn what_is_no_yaml_is_named_where_reading_ends() {
    plant("-- topics.yaml --\ntopics:\n  - 이름: 가나⟦yaml-syntax⟧: 다\n");
    plant(
        "-- event.yaml, with --\ncity: {ko: 서울, en: Seoul\ncountry⟦yaml-syntax⟧: {ko: 한국, en: South Korea}\n",
    );
}

#[test]
fn of_a_second_document_nothing_else_is_said() {
    let terms =
        "terms: [{id: pos, name: {ko: 증명, en: Proof}, text: {ko: 정한다, en: It decides}}]\n";
    plant(&format!("-- glossary.yaml --\n{terms}⟦yaml-syntax⟧---\n{terms}other: [\n"));
}

#[test]
fn every_tab_of_an_indentation_is_named() {
    plant("-- glossary.yaml --\nterms:\n⟦yaml-tab⟧\t- id: pos\n ⟦yaml-tab⟧\t  name: 지분\n");
}

#[test]
fn a_file_with_tabs_is_checked_as_it_was_meant() {
    plant(
        "
-- projects/alpha/project.yaml, with --
figures:
⟦yaml-tab⟧\t- id: all
⟦yaml-tab⟧\t  unit: percent
⟦yaml-tab⟧\t  value: ⟦out-of-range⟧-1
⟦yaml-tab⟧\t  label:
⟦yaml-tab⟧\t\t\tko: 수
⟦yaml-tab⟧\t\t\ten: number
⟦yaml-tab⟧\t\t\t⟦unknown-language⟧fr: numéro
⟦unknown-key⟧nmae: 알파
",
    );
}

#[test]
fn keys_are_known_written_once_and_there() {
    plant(
        "
-- projects/alpha/project.yaml, with --
⟦unknown-key⟧nmae: {ko: 알파, en: Alpha}
answers: {problem: {ko: 문제, en: A problem, ⟦duplicate-key⟧ko: 다른 문제}, ⟦unknown-question⟧ideas: 생각}
speakers: [{name: {ko: 김하나, en: Hana Kim}, role: {ko: 대표, en: CEO}}, ⟦missing-key⟧{role: {ko: 이사, en: CTO}}]
-- projects/beta/project.yaml, with --
⟦missing-key⟧name:
-- projects/gamma/project.yaml, with --
steps: ⟦missing-key⟧{title: {ko: 순서, en: In order}}
",
    );
}

#[test]
fn a_word_of_a_list_is_one_of_it() {
    plant(
        "
-- projects/beta/project.yaml, with --
figures:
  - {label: {ko: 나라, en: countries}, id: lands, value: 3, unit: ⟦unknown-word⟧country}
  - {label: {ko: 나라, en: countries}, id: more, value: 3, unit: countries, bound: ⟦unknown-word⟧most}
",
    );
}

#[test]
fn a_value_is_of_its_type() {
    plant(
        "
-- projects/beta/project.yaml, with --
order: ⟦wrong-type⟧둘
long_name: ⟦wrong-type⟧[베타]
draft: ⟦wrong-type⟧아니오
speakers: ⟦wrong-type⟧{ko: 없음, en: none}
tagline: ⟦wrong-type⟧[한 줄]
-- projects/gamma/project.yaml, with --
order: ⟦wrong-type⟧-1
-- event.yaml, with --
city: {ko: ⟦wrong-type⟧[서울], en: Seoul}
",
    );
}

#[test]
fn a_text_that_is_there_says_something() {
    plant(
        "
-- event.yaml, with --
venue: {ko: 큰 호텔, en: ⟦empty-text⟧\"  \"}
aside: ⟦empty-text⟧\"\"
",
    );
}

#[test]
fn a_date_is_a_day_of_the_calendar_in_one_form() {
    plant(
        "
-- event.yaml, with --
date: ⟦invalid-date⟧2018-02-30
updated: ⟦invalid-date⟧2026-1-2
series: [{city: {ko: 도쿄, en: Tokyo}, country: {ko: 일본, en: Japan}, note: {ko: 첫, en: first}, date: ⟦invalid-date⟧5월}]
",
    );
}

#[test]
fn numbers_stay_in_their_range() {
    plant(
        "
-- projects/beta/project.yaml, with --
order: ⟦out-of-range⟧0
syllable: {text: ⟦out-of-range⟧베타, reading: beta, meaning: {ko: 둘, en: two}}
figures:
  - {label: {ko: 값, en: value}, id: a, unit: usd, value: ⟦out-of-range⟧-5}
  - {label: {ko: 값, en: value}, id: b, unit: years, from: 50, to: ⟦out-of-range⟧40}
  - {label: {ko: 값, en: value}, id: c, unit: people, value: 5, by_year: ⟦out-of-range⟧20}
  - {label: {ko: 값, en: value}, id: d, unit: people, value: 5, drawing: ⟦out-of-range⟧discs}
  - {label: {ko: 값, en: value}, id: e, unit: usd, value: ⟦out-of-range⟧1e30}
",
    );
}

#[test]
fn a_figure_is_a_number_or_a_range() {
    plant(
        "
-- projects/beta/project.yaml, with --
figures:
  - ⟦incomplete-figure⟧{label: {ko: 값, en: value}, id: a, unit: usd}
  - ⟦incomplete-figure⟧{label: {ko: 값, en: value}, id: b, unit: usd, from: 5}
  - ⟦incomplete-figure⟧{label: {ko: 값, en: value}, id: c, unit: usd, value: 5, from: 1, to: 9}
",
    );
}

#[test]
fn addresses_are_whole_and_break_out_of_nothing() {
    for (key, value) in [
        ("site_url", "example.org"),
        ("site_url", "https://example.org/?a=1"),
        ("site_url", "https://"),
        ("source_url", "//example.org/edit/"),
        ("source_url", "javascript:alert(1)"),
        ("contact", "desk@example.org"),
        ("contact", "'mailto:\"><script>@example.org'"),
    ] {
        plant(&format!("-- event.yaml, with --\n{key}: ⟦invalid-address⟧{value}\n"));
    }
}

#[test]
fn languages_are_codes_that_the_site_lists() {
    plant(
        "
-- event.yaml, with --
languages: [ko, en, ⟦invalid-language⟧한국어, ⟦invalid-language⟧projects, ⟦duplicate-id⟧en]
city: {ko: 서울, en: Seoul, ⟦unknown-language⟧fr: Séoul}
",
    );
}

#[test]
fn a_wrong_language_is_one_problem() {
    for languages in [
        "[ko, ⟦invalid-language⟧EN]",
        "[ko, ⟦invalid-language⟧eng]",
        "[⟦invalid-language⟧kr, en]",
        "[ko, ⟦duplicate-id⟧ko]",
    ] {
        plant(&format!("-- event.yaml, with --\nlanguages: {languages}\n"));
    }
}

#[test]
fn a_language_without_texts_and_words_is_warned_of_once_a_file() {
    let diagnostics = plant(
        "
-- event.yaml, with --
name: ⟦missing-translation⟧{ko: 작은 밋업, en: Small meetup}
languages: [ko, en, ⟦borrowed-words⟧nl]
-- topics.yaml --
topics:
  - {id: data, name: ⟦missing-translation⟧{ko: 데이터, en: Data}, text: {ko: 다룬다., en: They do.}}
  - {id: games, name: {ko: 게임, en: Games}, text: {ko: 만든다., en: They make games., nl: Ze maken spellen.}}
-- glossary.yaml --
terms:
  - {id: pos, name: ⟦missing-translation⟧{ko: 지분, en: Stake}, text: {ko: 지분이다., en: A stake., nl: Een deel.}}
-- projects/alpha/project.yaml, with --
name: ⟦missing-translation⟧{ko: 알파, en: Alpha}
-- projects/beta/project.yaml, with --
name: ⟦missing-translation⟧{ko: 베타, en: Beta}
-- projects/gamma/project.yaml, with --
name: ⟦missing-translation⟧{ko: 감마, en: Gamma}
-- recap/nl.md, gone --
⟦missing-translation⟧
-- pages/about/page.yaml --
title: About
-- pages/about/nl.md, gone --
⟦missing-translation⟧
-- projects/alpha/nl.md, gone --
⟦missing-translation⟧
-- projects/beta/nl.md, gone --
⟦missing-translation⟧
-- projects/gamma/nl.md, gone --
⟦missing-translation⟧
-- permalinks.lock, gone --
⟦missing-permalinks⟧
",
    );
    let text = diagnostics.text(false);
    for expected in [
        "the program does not speak Dutch",
        "3 texts of this file are not in Dutch; readers see Korean: name, text",
        "`name` is not in Dutch; readers see Korean",
    ] {
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn a_text_in_one_language_alone_is_warned_of() {
    let diagnostics = plant(
        "
-- event.yaml, with --
city: ⟦missing-translation⟧{ko: 서울}
-- projects/beta/ko.md, gone --
⟦missing-translation⟧
",
    );
    assert_eq!(diagnostics.errors(), 0);
}

#[test]
fn names_in_urls_are_plain_and_unique() {
    plant(
        "
-- topics.yaml --
topics:
  - {name: {ko: 데이터, en: Data}, text: {ko: 다룬다, en: They do.}, id: data}
  - {name: {ko: 게임, en: Games}, text: {ko: 만든다, en: They do.}, id: games}
  - {name: {ko: 놀이, en: Play}, text: {ko: 논다, en: They do.}, id: ⟦duplicate-id⟧games}
  - {name: {ko: 놀이, en: Play}, text: {ko: 논다, en: They do.}, id: ⟦invalid-id⟧놀이}
-- projects/beta/project.yaml, with --
topics: [data, games, ⟦duplicate-id⟧data]
figures:
  - {label: {ko: 값, en: value}, id: a, unit: usd, value: 1}
  - {label: {ko: 값, en: value}, id: ⟦duplicate-id⟧a, unit: usd, value: 2}
  - {label: {ko: 값, en: value}, id: ⟦invalid-id⟧A_b, unit: usd, value: 3}
",
    );
    let content = Content::new("-- projects/Delta/ko.md --\n델타\n");
    assert_eq!(problems(&content)[1], "invalid-id projects/Delta/project.yaml:1:1");
}

#[test]
fn every_project_has_a_place_of_its_own() {
    plant("-- projects/gamma/project.yaml, with --\norder: ⟦duplicate-order⟧2\n");
}

#[test]
fn a_project_carries_topics_that_exist() {
    plant("-- projects/gamma/project.yaml, with --\ntopics: [games, ⟦unknown-topic⟧놀이]\n");
}

#[test]
fn the_section_set_apart_is_there_in_every_language() {
    plant(
        "
-- event.yaml, with --
aside: ⟦unknown-section⟧airdrop
-- recap/ko.md --
밋업

## 에어드롭 {#airdrop}

나눴다.
",
    );
}

#[test]
fn an_old_path_is_a_path_and_leads_to_one_page() {
    plant(
        "
-- projects/alpha/project.yaml, with --
aliases: [/옛-알파/, ⟦invalid-alias⟧알파, ⟦invalid-alias⟧/old, ⟦invalid-alias⟧/a//b/, ⟦invalid-alias⟧/../b/]
-- projects/beta/project.yaml, with --
aliases: [/베타/, ⟦colliding-alias⟧/옛-알파/, ⟦colliding-alias⟧/projects/gamma/, ⟦colliding-alias⟧/en/beta/]
",
    );
}

#[test]
fn texts_too_wide_for_their_place_are_warned_of() {
    let hangul = "가".repeat(37);
    let diagnostics = plant(&format!(
        "-- projects/beta/project.yaml, with --\ntagline: {{ko: ⟦too-long⟧{hangul}, en: short}}\n"
    ));
    let message = &diagnostics.items()[0].message;
    assert!(message.contains("74 columns wide, where 72 have room"), "{message}");
}

#[test]
fn inks_have_to_be_told_apart_and_read() {
    for (inks, why) in [
        ("teal-oxbow", "there is no pair"),
        ("'#ffe000 #27349b'", "of the first to the paper is 1.1"),
        ("'#e8432a #a04030'", "of the second to the paper is"),
        ("'#b9300f #88141d'", "between the two is"),
        ("'#e8432a #7a1000'", "their hues are"),
    ] {
        let diagnostics =
            plant(&format!("-- event.yaml, with --\nlook: {{inks: ⟦invalid-inks⟧{inks}}}\n"));
        let message = &diagnostics.items()[0].message;
        assert!(message.contains(why), "{inks}: {message}");
    }
}

#[test]
fn a_speaker_is_somebody() {
    let diagnostics = plant(
        "
-- permalinks.lock, gone --
⟦missing-permalinks⟧
-- people/ann-example/person.yaml --
name: Ann
-- people/bob/person.yaml --
⟦missing-key⟧
role: chair
-- projects/alpha/project.yaml, with --
speakers: [ann-example, ⟦unknown-person⟧ann-exmaple, ⟦unknown-person⟧Hana Kim, ⟦wrong-type⟧5]
-- projects/beta/project.yaml, with --
speakers: [{name: B, ⟦unknown-key⟧photo: b.jpg}, {name: C, links: [{title: D, url: ⟦invalid-address⟧x}]}]
",
    );
    let text = diagnostics.text(false);
    assert!(text.contains("did you mean `ann-example`?"), "{text}");
    assert!(text.contains("write `{name: Hana Kim}`"), "{text}");
}

#[test]
fn a_portrait_is_a_picture_beside_its_person() {
    plant(
        "
-- permalinks.lock, gone --
⟦missing-permalinks⟧
-- people/ann/person.yaml --
name: Ann
photo: ⟦missing-picture⟧ann.jpg
-- people/bob/person.yaml --
name: Bob
photo: ⟦remote-picture⟧\"https://example.org/bob.jpg\"
-- people/eve/person.yaml --
name: Eve
photo: ⟦missing-picture⟧../../event.yaml
",
    );
}

#[test]
fn a_page_takes_no_address_of_another_part() {
    plant(
        "
-- permalinks.lock, gone --
⟦missing-permalinks⟧
-- pages/topics/page.yaml --
⟦colliding-page⟧
title: 하나
-- pages/en/page.yaml --
⟦colliding-page⟧
title: 둘
-- pages/assets/page.yaml --
⟦colliding-page⟧
title: 셋
-- pages/venue/page.yaml --
⟦missing-key⟧
description: 오는 길
-- pages/wi-fi/page.yaml --
title: 넷
",
    );
}

#[test]
fn menu_and_footer_lead_to_what_is_there() {
    let diagnostics = plant(
        "
-- permalinks.lock, gone --
⟦missing-permalinks⟧
-- pages/venue/page.yaml --
title: 오는 길
-- event.yaml, with --
menu: [projects, ⟦unknown-part⟧talks, ⟦unknown-part⟧topic, about, pages/venue, ⟦wrong-type⟧5]
footer: [⟦unknown-part⟧pages/venues, ⟦unknown-part⟧people]
",
    );
    let text = diagnostics.text(false);
    assert!(text.contains("did you mean `topics`?"), "{text}");
    assert!(text.contains("did you mean `pages/venue`?"), "{text}");
}

#[test]
fn sponsors_are_named_and_shown_as_they_are_told() {
    plant(
        "
-- sponsors.yaml --
tiers:
  - name: 주 후원사
    sponsors:
      - {name: 하나, logo: ⟦missing-picture⟧media/one.svg, url: ⟦invalid-address⟧\"javascript:alert(1)\"}
      - ⟦missing-key⟧{url: \"https://example.org\"}
      - {name: 셋, logo: ⟦remote-picture⟧\"https://example.org/a.png\"}
  - {name: 벗, sponsors: [{name: 넷, logo: media/broken.svg}, {name: 다섯, logo: ⟦colliding-picture⟧favicon.svg}]}
-- favicon.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>
-- media/broken.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><⟦invalid-svg⟧script/></svg>
",
    );
}
