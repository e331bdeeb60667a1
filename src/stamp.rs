//! What tells a file from its former self without reading it.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::time::{Duration, SystemTime};

/// Some file systems count time in steps of two seconds, so that two changes within one look like one.
pub const STEP: Duration = Duration::from_secs(2);

/// What a file system says of a file, and says differently once the file was written to or replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    device: u64,
    inode: u64,
    /// In bytes.
    length: u64,
    /// When it was written to, or is said to have been, in seconds and nanoseconds since 1970.
    modified: (i64, i64),
    /// When anything about it was changed, which nobody can set: its name and who may read it count too.
    changed: (i64, i64),
}

impl Stamp {
    /// What is said of a file.
    pub fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            length: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }

    /// Whether every change from `now` on will be told by another stamp: not while the file system's clock may show what
    /// it did at the last one.
    pub fn is_settled(&self, now: SystemTime) -> bool {
        let (seconds, nanoseconds) = self.changed;
        let since_1970 = u64::try_from(seconds)
            .ok()
            .zip(u32::try_from(nanoseconds).ok());
        since_1970.is_some_and(|(seconds, nanoseconds)| {
            let changed = SystemTime::UNIX_EPOCH + Duration::new(seconds, nanoseconds);
            now.duration_since(changed).is_ok_and(|age| age > STEP)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_put_in_the_place_of_its_like_is_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, other) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&file, "one").expect("written");
        fs::write(&other, "two").expect("written");
        let look = || Stamp::of(&fs::metadata(&file).expect("a file"));
        let time = fs::metadata(&file).and_then(|it| it.modified());
        let set = fs::File::options().append(true).open(&other);
        let set = set.and_then(|it| it.set_modified(time?));
        set.expect("set");
        let before = look();
        fs::rename(&other, &file).expect("renamed");
        assert_ne!(before, look());
        assert_eq!(look(), look());
    }

    #[test]
    fn a_stamp_is_settled_once_the_clock_has_gone_on() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let stamp = Stamp::of(&file.as_file().metadata().expect("a stamp"));
        let now = SystemTime::now();
        assert!(!stamp.is_settled(now));
        assert!(
            !stamp.is_settled(now - Duration::from_mins(1)),
            "its clock is ahead"
        );
        assert!(stamp.is_settled(now + STEP + Duration::from_secs(1)));
    }
}
