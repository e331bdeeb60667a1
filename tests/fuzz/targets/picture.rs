//! A picture: it is looked through or refused, whatever its bytes are; and of one that was looked through every size is
//! made, without a word of what its file said besides.
#![no_main]

use libfuzzer_sys::fuzz_target;
use showcase::media::{Job, Raster, work};

/// Pixels that are still made in no time.
const MOST: u64 = 1 << 18;

fuzz_target!(|bytes: &[u8]| {
    let Ok(json) = work(Job::Inspect, bytes) else {
        return;
    };
    let raster: Raster = serde_json::from_slice(&json).expect("a raster");
    let sizes = raster.sizes();
    assert!(!sizes.is_empty());
    for (width, height) in &sizes {
        assert!((1..=raster.width).contains(width) && (1..=raster.height).contains(height));
    }
    if u64::from(raster.width) * u64::from(raster.height) > MOST {
        return;
    }
    let mut answer = &*work(Job::AtOnce, bytes).expect("what was looked through");
    let mut files = 0;
    while let Some((length, rest)) = answer.split_first_chunk() {
        let (file, rest) = rest.split_at(u32::from_le_bytes(*length) as usize);
        let name = b"http://ns.adobe.com/xap";
        assert!(!file.windows(name.len()).any(|it| it == name));
        answer = rest;
        files += 1;
    }
    assert_eq!(files, sizes.len());
});
